import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { buttonsIn, press, textIn } from '../../support.ts';
import { added, botAt, said } from '../countdown/support.ts';

const US = 'release:ballerina/release/theatrical/us';
const JOHN = { user: 'john', channel: 'general' };
const look = (sandbox: Sandbox, scene: object = JOHN) => said(sandbox, '/countdowns', scene);

/** The names in a list, in its order. */
const namesIn = (text: string) => [...text.matchAll(/\*\*(.+?)\*\*\n/g)].map(([, name]) => name);

describe('/countdowns', () => {
  test('shows everyone what is coming, the next first, with its day and its channels', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await added(sandbox, 'release:caine/release/theatrical/us channel:releases');
    await added(sandbox, `${US} channel:releases`);
    await added(sandbox, `${US} channel:general`);
    await added(sandbox, 'title:Watch party date:2025-05-02 channel:general');
    await added(sandbox, 'release:anniversary:chapter-2/release/theatrical/us channel:general');
    const answer = await sandbox.command({ text: '/countdowns', ...JOHN });
    expect(answer.ephemeral).toBe(true);
    const { guilds } = await sandbox.state();
    const idOf = (name: string) => guilds[0]?.channels.find((channel) => channel.name === name)?.id;
    expect(textIn(answer).split('\n')).toEqual([
      '### Coming up in this server',
      '**Watch party**',
      `**Tomorrow**, May 2, 2025 · <#${idOf('general')}>`,
      '**Ballerina (Cinemas, United States)**',
      `In **36 days**, June 6, 2025 · <#${idOf('releases')}> and <#${idOf('general')}>`,
      '**Anniversary of Chapter 2 (Cinemas, United States)**',
      `In **285 days**, February 10, 2026 · <#${idOf('general')}>`,
      '**Caine (Cinemas, United States)**',
      `No date yet · <#${idOf('releases')}>`,
    ]);
  });

  test('has a button that reminds of each release, and none for a date of the server’s own', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await added(sandbox, `${US} channel:general`);
    await added(sandbox, 'title:Watch party date:2025-05-02 channel:general');
    const answer = await sandbox.command({ text: '/countdowns', ...JOHN });
    expect(buttonsIn(answer).map(({ label }) => label)).toEqual(['Remind me']);
    const customId = buttonsIn(answer)[0]?.customId ?? '';
    const set = await sandbox.click({ message: answer.reply?.id ?? '', customId, user: 'john' });
    expect(set.ephemeral).toBe(true);
    expect(textIn(set)).toContain('Reminder set\n**Ballerina (Cinemas, United States)**');
  });

  test('leaves out what is over, dropped or paused', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await added(sandbox, `${US} channel:general`);
    await added(sandbox, 'title:Watch party date:2025-05-02 channel:general');
    await said(sandbox, '/countdown pause countdown:party');
    expect(namesIn(await look(sandbox))).toEqual(['Ballerina (Cinemas, United States)']);
    await sandbox.turn('2025-06-06T12:00:00Z');
    expect(await look(sandbox)).toContain('**Today**, June 6, 2025');
    await sandbox.turn('2025-06-07T12:00:00Z');
    expect(await look(sandbox)).toBe(
      'Nothing is coming up in the channels you can see. Members with **Manage Server** can add a countdown with `/countdown add`.',
    );
  });

  test('turns pages where the list is long', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    for (let day = 10; day < 18; day += 1)
      await added(sandbox, `title:Party ${day} date:2025-05-${day} channel:general`);
    const first = await sandbox.command({ text: '/countdowns', channel: 'general' });
    expect(textIn(first)).toContain('Coming up in this server · page 1 of 2');
    expect(namesIn(textIn(first))).toHaveLength(6);
    const second = await press(sandbox, first, 'Next ›');
    expect(second.reply?.id).toBe(first.reply?.id);
    expect(namesIn(textIn(second))).toEqual(['Party 16', 'Party 17']);
  });

  test('is offered only in servers that have the bot', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    expect(await look(sandbox, { user: 'john', context: 'dm' })).toContain('cannot be used');
    expect(await look(sandbox, { user: 'john', install: 'user' })).toContain('is not available');
  });
});

describe('the channels that a member may not see', () => {
  async function withSecret(): Promise<Sandbox> {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await sandbox.world({ addChannel: { name: 'staff' } });
    await sandbox.world({ deny: { channel: 'staff', permission: 'ViewChannel', for: '@everyone' } });
    await sandbox.world({ allow: { channel: 'staff', permission: 'ViewChannel', for: 'Concierge' } });
    await added(sandbox, 'title:Surprise date:2025-05-10 channel:staff');
    await added(sandbox, 'title:Watch party date:2025-05-12 channel:releases');
    return sandbox;
  }

  test('are not listed for that member', async () => {
    const sandbox = await withSecret();
    expect(namesIn(await look(sandbox))).toEqual(['Watch party']);
    expect(namesIn(await look(sandbox, { user: 'winston' }))).toHaveLength(2);
    await sandbox.world({ allow: { channel: 'staff', permission: 'ViewChannel', for: 'john' } });
    expect(namesIn(await look(sandbox))).toHaveLength(2);
  });

  test('include private threads, but for those who moderate threads', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await sandbox.world({ addThread: { channel: 'releases', name: 'plans', kind: 'private', bot: true } });
    await added(sandbox, 'title:Surprise date:2025-05-10 channel:plans');
    expect(namesIn(await look(sandbox))).toEqual([]);
    await sandbox.world({ allow: { channel: 'releases', permission: 'ManageThreads', for: 'john' } });
    expect(namesIn(await look(sandbox))).toEqual(['Surprise']);
  });

  test('are not listed where Discord does not say which they are; the channel of the command is', async () => {
    const sandbox = await withSecret();
    await added(sandbox, 'title:Quiz date:2025-05-11 channel:general');
    await sandbox.faults([{ route: 'GET /channels/*', times: 'always', does: { status: 500 } }]);
    const text = await look(sandbox);
    expect(namesIn(text)).toEqual(['Quiz']);
    expect(text).toContain('I couldn’t check which other channels you can see');
  });
});
