import { InteractionType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../sandbox/client.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { formatCustomId } from '../../../src/discord/message/custom-id.ts';
import { buttonsIn, textIn } from '../../support.ts';
import { answering } from '../support.ts';
import { botAt, said, times } from './support.ts';

const HERE = 'Count down here';
const labelsIn = (answer: Reply) => buttonsIn(answer).map(({ label }) => label);

async function pressed(sandbox: Sandbox, answer: Reply, scene: object = {}): Promise<Reply> {
  const customId = buttonsIn(answer).find(({ label }) => label === HERE)?.customId ?? '';
  return sandbox.click({ message: answer.reply?.id ?? '', customId, ...scene });
}

describe('the button Count down here', () => {
  test('adds a countdown in the channel with the server’s defaults, and answers privately', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const answer = await sandbox.command({ text: '/ballerina release', channel: 'releases' });
    const added = await pressed(sandbox, answer);
    expect(added.ephemeral).toBe(true);
    expect(textIn(added)).toMatch(
      /^Countdown added\n\*\*Ballerina \(Cinemas, United States\) – June 6, 2025\*\*/,
    );
    expect(textIn(await pressed(sandbox, answer))).toContain('already has a countdown to Ballerina');
    await sandbox.turn('2025-05-08T00:00:00Z');
    // Before it, the answer itself.
    expect(await times(sandbox)).toEqual(['2025-05-01T12:00Z', '2025-05-07T09:00Z']);
  });

  test('is shown to members who manage the server, in the server', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const ask = (scene: object) => sandbox.command({ text: '/ballerina release', ...scene });
    expect(labelsIn(await ask({}))).toEqual(expect.arrayContaining(['Remind me', HERE]));
    for (const scene of [{ user: 'john' }, { context: 'dm' }, { install: 'user' }]) {
      const labels = labelsIn(await ask(scene));
      expect(labels).toContain('Remind me');
      expect(labels).not.toContain(HERE);
    }
  });

  test('is refused to others who press it', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const answer = await sandbox.command('/ballerina release');
    const refused = await pressed(sandbox, answer, { user: 'john' });
    expect(refused.ephemeral).toBe(true);
    expect(textIn(refused)).toBe('You need **Manage Server** for countdowns.');
    expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
  });

  test('says which permission is missing where the bot can’t post', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const answer = await sandbox.command({ text: '/ballerina release', channel: 'releases' });
    await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
    expect(textIn(await pressed(sandbox, answer))).toContain('**Send Messages**');
    expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
  });

  test('says so where the release has come out since', async () => {
    const sandbox = await botAt('2025-06-05T12:00:00Z');
    const answer = await sandbox.command('/ballerina release');
    await sandbox.turn('2025-06-10T10:00:00Z');
    expect(textIn(await pressed(sandbox, answer))).toBe(
      'Ballerina (Cinemas, United States) is already out, so there’s nothing to count down to.',
    );
  });

  test('with a forged release is refused with a sentence', async () => {
    const response = await answering({
      type: InteractionType.MessageComponent,
      data: {
        custom_id: formatCustomId('press', 'countdown/add', { release: 'Ballerina' }),
        component_type: 2,
      },
      message: { flags: 0 },
    });
    expect(JSON.stringify(response)).toContain('This button no longer works.');
  });
});

describe('an answer about a title that is still to come', () => {
  test.each([
    '/wick ask question:who directs caine',
    '/wick film title:chapter-5',
    '/wick where title:chapter-5',
    '/wick cast title:caine',
  ])('%s has both buttons', async (text) => {
    const sandbox = await botAt('2026-11-22T12:00:00Z');
    const labels = labelsIn(await sandbox.command(text));
    expect(labels).toEqual(expect.arrayContaining(['Remind me', HERE]));
  });

  test('/wick upcoming begins with what is most wanted', async () => {
    const sandbox = await botAt('2026-11-22T12:00:00Z');
    const { customId = '' } =
      buttonsIn(await sandbox.command('/wick upcoming')).find(({ label }) => label === 'Remind me') ?? {};
    expect(decodeURIComponent(customId)).toContain('release=chapter-5/');
  });

  test('/wick upcoming has both for each title, and only one of them for other members', async () => {
    const sandbox = await botAt('2026-11-22T12:00:00Z');
    const counts = async (user: string) => {
      const labels = labelsIn(await sandbox.command({ text: '/wick upcoming', user }));
      return ['Remind me', HERE].map((label) => labels.filter((other) => other === label).length);
    };
    const [reminders = 0, countdowns] = await counts('winston');
    expect(reminders).toBeGreaterThan(2);
    expect(countdowns).toBe(reminders);
    expect(await counts('john')).toEqual([reminders, 0]);
  });

  test.each(['/ballerina release', '/wick film title:chapter-4', '/wick upcoming as_of:2024-01-20'])(
    '%s has none: there is nothing to wait for',
    async (text) => {
      const sandbox = await botAt('2026-11-22T12:00:00Z');
      const labels = labelsIn(await sandbox.command(text));
      expect(labels).not.toContain('Remind me');
      expect(labels).not.toContain(HERE);
    },
  );
});
