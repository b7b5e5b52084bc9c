import { describe, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { calledBy } from '../../../src/interactions/command.ts';
import { buttonsIn, embedIn, sandboxOfFile, textIn } from '../../support.ts';
import { botAt, said } from '../countdown/support.ts';
import { commands } from '../support.ts';

const sandbox = sandboxOfFile('2025-05-01');
const ask = async (text: string, scene: object = {}) => sandbox().command({ text, ...scene });

describe('/concierge help', () => {
  test('privately describes every command in one line', async () => {
    const answer = await ask('/concierge help');
    expect(answer.ephemeral).toBe(true);
    const lines = textIn(answer).split('\n');
    for (const command of commands) {
      for (const sub of command.subcommands) {
        const name = calledBy(command, sub);
        const line = lines.find((candidate) => /^(`|\*\*)(.+?)\1 /.exec(candidate)?.[2] === name);
        expect(line?.length, name).toBeGreaterThan(name.length + 8);
      }
    }
  });

  test('shows each person what they can use where they are', async () => {
    const manager = textIn(await ask('/concierge help'));
    const member = textIn(await ask('/concierge help', { user: 'john' }));
    const alone = textIn(await ask('/concierge help', { user: 'john', context: 'dm' }));
    const installed = textIn(await ask('/concierge help', { user: 'john', install: 'user' }));
    const shown = (text: string) =>
      ['/remind me', '/countdowns', '/countdown add'].filter((name) => text.includes(`\`${name}\``));
    expect(shown(manager)).toEqual(['/remind me', '/countdowns', '/countdown add']);
    expect(shown(member)).toEqual(['/remind me', '/countdowns']);
    expect(shown(alone)).toEqual(['/remind me']);
    expect(shown(installed)).toEqual(['/remind me']);
  });

  test('works in direct messages and private channels', async () => {
    expect(textIn(await ask('/concierge help', { context: 'dm' }))).toContain('/ballerina release');
    expect(textIn(await ask('/concierge help', { context: 'private' }))).toContain('/ballerina release');
  });
});

describe('/concierge about', () => {
  test('shows version, day of the facts, start time and the fan project notice', async () => {
    const text = textIn(await ask('/concierge about'));
    expect(text).toContain(`Version ${packageJson.version}`);
    expect(text).toContain('Newest fact: **April 30, 2025**');
    expect(text).toMatch(/facts loaded <t:17461\d{5}:F>/);
    expect(text).toMatch(/Running since <t:17461\d{5}:F> \(<t:17461\d{5}:R>\)/);
    expect(text).toMatch(/Latency: [\d,.]+ ms/);
    expect(text).toContain('not affiliated with Lionsgate');
    expect(text).toContain('`PRIVACY.md` and `TERMS.md`');
  });

  test('links to the pages set in the developer portal', async () => {
    const own = await botAt('2025-05-01T12:00:00Z');
    await own.world({
      pages: { privacy: 'https://example.org/privacy', terms: 'https://example.org/terms' },
    });
    const text = await said(own, '/concierge about');
    expect(text).toContain(
      '[Privacy policy](https://example.org/privacy) · [Terms of use](https://example.org/terms)',
    );
    expect(text).not.toContain('PRIVACY.md');
  });

  test('still answers when Discord does not return the pages', async () => {
    const own = await botAt('2025-05-01T12:00:00Z');
    await own.faults([{ route: 'GET /applications/@me', times: 'always', does: { status: 500 } }]);
    const text = await said(own, '/concierge about');
    expect(text).toContain(`Version ${packageJson.version}`);
    expect(text).toContain('`PRIVACY.md` and `TERMS.md`');
  });
});

describe('/concierge privacy', () => {
  test('lists the stored data and the commands to export and delete it', async () => {
    const answer = await ask('/concierge privacy');
    expect(answer.ephemeral).toBe(true);
    const text = textIn(answer);
    expect(text).toContain('• The channel of its posts');
    expect(text).toContain('• The role that is mentioned');
    expect(text).toContain('• The nonce by which Discord recognises the post');
    expect(text).toContain('`/concierge export`');
    expect(text).toContain('`/concierge forget`');
    // Nothing was left out for want of room.
    expect(text).not.toMatch(/… and \d+ more/);
    expect(embedIn(answer).footer).toBeUndefined();
  });
});

/** A server with two countdowns, one of which has posted. */
async function withCountdowns(): Promise<Sandbox> {
  const own = await botAt('2025-05-01T00:00:00Z');
  await said(own, '/countdown add release:ballerina/release/theatrical/us channel:releases');
  await said(own, '/countdown add release:ballerina/release/theatrical/us channel:general');
  await own.turn('2025-05-08T00:00:00Z');
  return own;
}

/** What is in the one file of an answer. */
async function fileIn(answer: Awaited<ReturnType<Sandbox['command']>>) {
  const [file] = answer.reply?.attachments ?? [];
  if (!file) throw new Error(`no file: ${answer.error ?? answer.reply?.content}`);
  return { ...file, text: await (await fetch(file.url)).text() };
}

describe('/concierge export', () => {
  test('attaches everything stored about the server as a file', async () => {
    const own = await withCountdowns();
    const { guilds } = await own.state();
    const answer = await own.command('/concierge export');
    expect(answer.ephemeral).toBe(true);
    const file = await fileIn(answer);
    expect(file).toMatchObject({ filename: 'concierge-server.json', content_type: 'application/json' });
    const data = JSON.parse(file.text);
    expect(data.server).toBe(guilds[0]?.id);
    const kinds = data.stored.map(({ kind }: { kind: string }) => kind);
    const ofCountdowns = ['contacts', 'contacts', 'ledger', 'ledger', 'progress', 'progress'];
    expect(kinds.toSorted()).toEqual(['countdowns', ...ofCountdowns].toSorted());
    const [orders] = data.stored;
    expect(orders.document.countdowns).toHaveLength(2);
    const [message] = await own.messages('releases');
    expect(file.text).toContain(message?.id);
  });

  test('says that nothing is stored about the server or the person', async () => {
    expect(await said(sandbox(), '/concierge export')).toBe('I store nothing about this server.');
    expect(await said(sandbox(), '/concierge export', { context: 'dm' })).toBe('I store nothing about you.');
  });

  test('refuses a member without Manage Server', async () => {
    const own = await withCountdowns();
    const answer = await own.command({ text: '/concierge export', user: 'john' });
    expect(answer.reply?.attachments).toEqual([]);
    expect(answer.reply?.content).toBe(
      'You need **Manage Server** for this server’s data. For your own, use the command in a DM with me.',
    );
  });

  test('gives a user installation only the data of the person: that they added countdowns', async () => {
    const own = await withCountdowns();
    const answer = await own.command({ text: '/concierge export', install: 'user' });
    const data = JSON.parse((await fileIn(answer)).text);
    const userId = data.person.slice('user:'.length);
    const contact = { kind: 'contacts', document: { userId, locale: 'en-US' } };
    expect(data.stored).toEqual([expect.objectContaining(contact), expect.objectContaining(contact)]);
    const scene = { install: 'user', user: 'john' };
    expect(await said(own, '/concierge export', scene)).toBe('I store nothing about you.');
  });
});

describe('the data of a person', () => {
  const DM = { user: 'john', context: 'dm' } as const;
  const order = '/remind me release:ballerina/release/theatrical/us timezone:Europe/Berlin';

  test('is exported in a direct message only to that person', async () => {
    const own = await botAt('2025-05-01T00:00:00Z');
    await own.command({ text: order, user: 'john' });
    const john = (await own.state()).guilds[0]?.members.find(({ name }) => name === 'john')?.id;
    const file = await fileIn(await own.command({ text: '/concierge export', ...DM }));
    expect(file.filename).toBe('concierge-person.json');
    const data = JSON.parse(file.text);
    expect(data.person).toBe(`user:${john}`);
    expect(data.stored[0].document.defaults.timeZone).toBe('Europe/Berlin');
    expect(data.stored[0].document.countdowns).toHaveLength(1);
    expect(await said(own, '/concierge export', { context: 'dm' })).toBe('I store nothing about you.');
    expect(await said(own, '/concierge export')).toBe('I store nothing about this server.');
  });

  test('is deleted in a direct message, including the time zone', async () => {
    const own = await botAt('2025-05-01T00:00:00Z');
    await own.command({ text: order, user: 'john' });
    const asked = await own.command({ text: '/concierge forget', ...DM });
    expect(asked.reply?.content).toContain('your reminder, the record of what was sent, and your time zone');
    const done = await own.click({ ...clickOf(asked), user: 'john' });
    expect(done.reply?.content).toBe('Erased: I store nothing about you any more.');
    await own.turn('2025-06-10T00:00:00Z');
    expect(await own.directs('john')).toEqual([]);
    expect(await said(own, '/concierge export', DM)).toBe('I store nothing about you.');
  });
});

describe('/concierge forget', () => {
  test('lists what it would delete and deletes nothing before confirmation', async () => {
    const own = await withCountdowns();
    const asked = await own.command('/concierge forget');
    expect(asked.ephemeral).toBe(true);
    expect(asked.reply?.content).toContain('its 2 countdowns');
    expect(buttonsIn(asked).map(({ label }) => label)).toEqual(['Erase everything']);
    expect(JSON.stringify(asked.reply?.components)).toContain('"style":4');
    expect(textIn(await own.command('/countdown list'))).toContain('2 of 25');
  });

  test('deletes the data on confirmation and ends all posts', async () => {
    const own = await withCountdowns();
    const asked = await own.command('/concierge forget');
    const done = await own.click(clickOf(asked));
    expect(done.reply).toMatchObject({
      id: asked.reply?.id,
      content: 'Erased: I store nothing about this server any more.',
      components: [],
    });
    const before = (await own.messages('releases')).length;
    await own.turn('2025-06-08T00:00:00Z');
    expect(await own.messages('releases')).toHaveLength(before);
    expect(await said(own, '/countdown list')).toContain('no countdowns');
  });

  test('checks the permission again when the button is pressed', async () => {
    const own = await withCountdowns();
    await own.world({ addRole: { name: 'Managers', permissions: ['ManageGuild'] } });
    await own.world({ addMember: { name: 'charon', roles: ['Managers'] } });
    const asked = await own.command({ text: '/concierge forget', user: 'charon' });
    await own.world({ deleteRole: 'Managers' });
    const refused = await own.click({ ...clickOf(asked), user: 'charon' });
    expect(refused.reply?.content).toContain('**Manage Server**');
    expect(textIn(await own.command('/countdown list'))).toContain('2 of 25');
  });

  test('refuses a member without Manage Server', async () => {
    const own = await withCountdowns();
    const refused = await own.command({ text: '/concierge forget', user: 'john' });
    expect(refused.reply?.content).toContain('**Manage Server**');
    expect(buttonsIn(refused)).toEqual([]);
  });

  test('says that nothing is stored when there is nothing to delete', async () => {
    expect(await said(sandbox(), '/concierge forget')).toBe('I store nothing about this server.');
  });
});

function clickOf(answer: Awaited<ReturnType<Sandbox['command']>>) {
  return { message: answer.reply?.id ?? '', customId: buttonsIn(answer)[0]?.customId ?? '' };
}
