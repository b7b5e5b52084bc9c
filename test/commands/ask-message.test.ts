import { ApplicationCommandType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { channelId, request } from '../sandbox/support.ts';
import { buttonsIn, leadIn, press, textIn } from '../support.ts';
import { botAt } from './countdown/support.ts';

const AT = '2026-11-22T12:00:00Z';

/** What the bot answers to john, who calls the command on a message of that text in a channel. */
async function asked(sandbox: Sandbox, content: string, scene: object = {}): Promise<Reply> {
  const messages = `/channels/${await channelId(sandbox, 'general')}/messages`;
  const { body } = await request(sandbox, 'POST', messages, { content });
  return sandbox.command({
    text: 'Ask Concierge',
    target: body.id,
    user: 'john',
    channel: 'general',
    ...scene,
  });
}

describe.each(['gateway', 'http'] as const)('Ask Concierge, over %s', (interactions) => {
  test('privately answers the text of the message', async () => {
    const sandbox = await botAt(AT, { interactions });
    const answer = await asked(
      sandbox,
      'hey <@100000000000000001> who directed Ballerina? https://example.org',
    );
    expect(answer.ephemeral).toBe(true);
    expect(leadIn(answer)).toContain('Len Wiseman');
    const sources = await press(sandbox, answer, 'Sources');
    expect(sources.ephemeral).toBe(true);
    expect(textIn(sources)).toContain('http');
  });
});

describe('Ask Concierge', () => {
  test('is registered for servers and for people, without a description', async () => {
    const sandbox = await botAt(AT);
    const { commands } = await sandbox.state();
    const found = commands.find(({ name }) => name === 'Ask Concierge');
    expect(found).toMatchObject({
      type: ApplicationCommandType.Message,
      description: '',
      integration_types: [0, 1],
      contexts: [0, 1, 2],
      default_member_permissions: null,
    });
  });

  test('works where only the person has installed the bot', async () => {
    const sandbox = await botAt(AT);
    const answer = await asked(sandbox, 'who directed Ballerina?', { install: 'user' });
    expect(answer.ephemeral).toBe(true);
    expect(leadIn(answer)).toContain('Len Wiseman');
  });

  test('says that it can’t answer what is not about the films', async () => {
    const sandbox = await botAt(AT);
    const answer = await asked(sandbox, 'who wants pizza tonight?');
    expect(answer.ephemeral).toBe(true);
    expect(textIn(answer)).toContain('I only know');
    expect(textIn(answer)).toContain('“who wants pizza tonight?”');
  });

  test('shows a hostile text without mentions or formatting', async () => {
    const sandbox = await botAt(AT);
    const answer = await asked(sandbox, '@everyone **hello** [x](https://example.org) what?');
    expect(textIn(answer)).not.toMatch(/(?<!\\)\*\*hello/);
    expect(JSON.stringify(answer.reply)).not.toContain('"mention_everyone":true');
  });

  test('says so where there is no text, or too much', async () => {
    const sandbox = await botAt(AT);
    expect(textIn(await asked(sandbox, '<@100000000000000001>'))).toBe(
      'That message has no text, so there’s nothing I can answer.',
    );
    expect(textIn(await asked(sandbox, 'I like it very much. '.repeat(40)))).toBe(
      'That message is too long for me. Ask its question with `/wick ask`.',
    );
    const long = `${'I like it very much. '.repeat(40)} Who directed Ballerina?`;
    expect(leadIn(await asked(sandbox, long))).toContain('Len Wiseman');
  });

  test('asks again by a button with no more than fits', async () => {
    const sandbox = await botAt(AT);
    const answer = await asked(sandbox, 'who directed Ballerina?');
    for (const { customId } of buttonsIn(answer)) expect(customId.length).toBeLessThanOrEqual(100);
  });
});
