import { InteractionResponseType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { formatCustomId } from '../../src/discord/message/custom-id.ts';
import { buttonsIn, leadIn, press, sandboxOfFile, titleIn } from '../support.ts';
import { answering } from './support.ts';

const sandbox = sandboxOfFile();

describe('buttons of a private answer', () => {
  test('a button replaces the answer in place', async () => {
    const answer = await sandbox().command('/ballerina release private:true');
    const next = await press(sandbox(), answer, 'Trailers');
    expect(next.reply?.id).toBe(answer.reply?.id);
    expect(next.ephemeral).toBe(true);
    expect(titleIn(next)).toBe('Ballerina · Trailers');
  });

  test('buttons lead from topic to topic and back', async () => {
    let answer = await sandbox().command('/ballerina release private:true as_of:2024-01-20');
    for (const label of [
      'Trailers',
      'Cast',
      'Plot',
      'Setting',
      'Timeline',
      'Upcoming',
      'Overview',
      'What changed since?',
      'Cast',
    ]) {
      answer = await press(sandbox(), answer, label);
      expect(titleIn(answer), label).toBeTruthy();
    }
    expect(leadIn(answer)).toContain('leads a cast of 18');
  });
});

test('a button of a public answer replies privately and leaves the answer unchanged', async () => {
  const answer = await sandbox().command('/ballerina release');
  const button = buttonsIn(answer).find(({ label }) => label === 'Trailers');
  const next = await sandbox().click({
    message: answer.reply?.id ?? '',
    customId: button?.customId ?? '',
    user: 'john',
  });
  expect(next.ephemeral).toBe(true);
  expect(next.reply?.id).not.toBe(answer.reply?.id);
  const [shown] = (await sandbox().messages('general')).filter(({ id }) => id === answer.reply?.id);
  expect(JSON.stringify(shown?.components)).toContain('Ballerina · Release');
});

describe('buttons of another version', () => {
  const pressing = (custom_id: string) =>
    answering({
      type: InteractionType.MessageComponent,
      data: { custom_id, component_type: 2 },
      message: { flags: 0 },
    });

  test.each([
    '',
    'x',
    '0~ask~ballerina/cast',
    '2~ask~ballerina/cast',
    '1~buy~ballerina/cast',
    '1~ask~ballerina/nothing',
    '1~ask~nothing/cast',
    '1~ask~__proto__/constructor',
    '1~ask~ballerina/cast~__proto__=x~y',
    'verify_button:123',
    '1~ask~countdown/list',
    '1~ask~countdown/remove~countdown=x',
  ])('the button “%s” is refused with the reason', async (id) => {
    const response = await pressing(id);
    expect(response).toMatchObject({
      type: InteractionResponseType.ChannelMessageWithSource,
      data: {
        content: 'This button no longer works. Please use the command instead.',
        flags: MessageFlags.Ephemeral,
        allowed_mentions: { parse: [] },
      },
    });
  });

  test('an option that the command no longer has is ignored', async () => {
    const response = await pressing(formatCustomId('ask', 'ballerina/release', { colour: 'red' }));
    expect(JSON.stringify(response)).toContain('Ballerina · Release');
  });

  test('an option with an invalid value is refused with the reason', async () => {
    const response = await pressing(formatCustomId('ask', 'ballerina/release', { as_of: 'soon' }));
    expect(JSON.stringify(response)).toContain('as a date for `as_of`');
  });
});
