import { InteractionType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../sandbox/client.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { formatCustomId } from '../../../src/discord/message/custom-id.ts';
import { buttonsIn, textIn } from '../../support.ts';
import { botAt, said } from '../countdown/support.ts';
import { answering } from '../support.ts';

const john = (sandbox: Sandbox, text: string) => said(sandbox, text, { user: 'john', context: 'dm' });
const sent = async (sandbox: Sandbox) =>
  (await sandbox.directs('john')).map(({ timestamp, content }) => `${timestamp.slice(0, 16)}Z ${content}`);

describe('the button Remind me', () => {
  const RELEASE = '/ballerina release';
  /** What john reads after he presses a button under a message that winston asked for. */
  async function pressed(sandbox: Sandbox, answer: Reply, label: string): Promise<Reply> {
    const customId = buttonsIn(answer).find((button) => button.label === label)?.customId ?? '';
    return sandbox.click({ message: answer.reply?.id ?? '', customId, user: 'john' });
  }

  test('sets a reminder with one press and takes it back with another', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const set = await pressed(sandbox, await sandbox.command(RELEASE), 'Remind me');
    expect(set.ephemeral).toBe(true);
    expect(textIn(set)).toMatch(/^Reminder set\n\*\*Ballerina \(Cinemas, United States\)\*\*/);
    const stopped = await pressed(sandbox, set, 'Don’t remind me');
    expect(stopped.ephemeral).toBe(true);
    expect(stopped.reply?.id).toBe(set.reply?.id);
    expect(textIn(stopped)).toBe(
      'Stopped: Ballerina (Cinemas, United States). I won’t DM you about it any more.',
    );
    expect(await john(sandbox, '/remind list')).toContain('no reminders yet');
    expect(textIn(await pressed(sandbox, stopped, 'Remind me'))).toContain('Reminder set');
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect(await sent(sandbox)).toEqual([expect.stringMatching(/^2025-06-06T09:00Z Today is the day/)]);
  });

  test('offers to stop the reminder that is there already', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const answer = await sandbox.command(RELEASE);
    const first = await pressed(sandbox, answer, 'Remind me');
    const again = await pressed(sandbox, answer, 'Remind me');
    expect(textIn(again)).toMatch(/^You already have that reminder: Ballerina/);
    expect(textIn(await pressed(sandbox, again, 'Don’t remind me'))).toContain('Stopped: Ballerina');
    expect(textIn(await pressed(sandbox, first, 'Don’t remind me'))).toBe(
      'That reminder is already stopped.',
    );
  });

  test.each([
    ['remind/stop', { reminder: 'abcdefghij' }, 'That reminder is already stopped.'],
    ['remind/me', { release: 'ballerina/release/nowhere' }, 'This button no longer works.'],
    ['remind/me', { release: 'Ballerina' }, 'This button no longer works.'],
  ] as const)('answers a forged button of %s with a sentence', async (path, options, sentence) => {
    const response = await answering({
      type: InteractionType.MessageComponent,
      data: { custom_id: formatCustomId('press', path, options), component_type: 2 },
      message: { flags: 0 },
    });
    expect(JSON.stringify(response)).toContain(sentence);
  });

  test('says so where the release has come out since', async () => {
    const sandbox = await botAt('2025-06-05T12:00:00Z');
    const answer = await sandbox.command(RELEASE);
    await sandbox.turn('2025-06-06T10:00:00Z');
    expect(textIn(await pressed(sandbox, answer, 'Remind me'))).toContain('too late for a reminder today');
    await sandbox.turn('2025-06-10T10:00:00Z');
    expect(textIn(await pressed(sandbox, answer, 'Remind me'))).toBe(
      'Ballerina (Cinemas, United States) is already out, so there’s nothing to remind you of.',
    );
    expect(await john(sandbox, '/remind list')).toContain('no reminders yet');
  });
});
