import { InteractionType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { MAX_COUNTDOWNS } from '../../../src/countdown/countdown.ts';
import { buttonsIn, press, textIn } from '../../support.ts';
import { answering } from '../support.ts';
import { added, botAt, said } from './support.ts';

const START = '2025-05-01T00:00:00Z';

async function withParties(count: number) {
  const sandbox = await botAt(START);
  for (let number = 1; number <= count; number += 1)
    await added(sandbox, `title:Party ${number} date:2025-06-01 channel:releases milestones:7,1,0`);
  return sandbox;
}

test('each row of /countdown list opens its countdown, which leads back to the same page', async () => {
  const sandbox = await withParties(MAX_COUNTDOWNS);
  let page = await sandbox.command('/countdown list');
  for (let number = 2; number <= 5; number += 1) page = await press(sandbox, page, 'Next ›');
  expect(textIn(page)).toContain('page 5 of 5');
  expect(buttonsIn(page).map(({ label }) => label)).toEqual(['Details', '‹ Previous']);
  const details = await press(sandbox, page, 'Details');
  expect(details.reply?.id).toBe(page.reply?.id);
  expect(details.ephemeral).toBe(true);
  const text = textIn(details);
  expect(text).toMatch(/^### 25\. Party 25 – June 1, 2025\nNext post: 7 days left/);
  expect(text).toContain('at 09:00 UTC – 7 and 1 days before, and on the day');
  expect(text).toMatch(/Later posts.*\n• 1 day left.*\n• the day itself/);
  expect(buttonsIn(details).map(({ label }) => label)).toEqual([
    'Preview',
    'Edit',
    'Pause',
    'Remove',
    '‹ All countdowns',
  ]);
  expect(textIn(await press(sandbox, details, '‹ All countdowns'))).toContain('page 5 of 5');
});

test('a countdown is previewed, paused, resumed and removed by its buttons', async () => {
  const sandbox = await withParties(1);
  const open = async () => press(sandbox, await sandbox.command('/countdown list'), 'Details');
  expect(textIn(await press(sandbox, await open(), 'Preview'))).toContain('page 1 of 3');
  expect(textIn(await press(sandbox, await open(), 'Pause'))).toContain('Paused **1');
  const paused = await open();
  expect(textIn(paused)).toContain('Paused since');
  expect(textIn(await press(sandbox, paused, 'Resume'))).toContain('Resumed **1');
  const running = await open();
  expect(textIn(await press(sandbox, running, 'Remove'))).toContain('Removed **1');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns yet');
  for (const label of ['Pause', 'Remove'])
    expect(textIn(await press(sandbox, running, label))).toContain('Someone else just removed');
});

test.each([
  'list~countdown=abcdefghij',
  'pause~countdown=abcdefghij',
  'resume~countdown=abcdefghij',
  'remove~countdown=abcdefghij',
])('the button countdown/%s refuses a member without Manage Server', async (action) => {
  const response = await answering({
    type: InteractionType.MessageComponent,
    data: { custom_id: `1~press~countdown/${action}`, component_type: 2 },
    message: { flags: 64, embeds: [] },
    member: { permissions: '0' },
  });
  expect(JSON.stringify(response)).toContain('**Manage Server**');
});
