import { expect, test } from 'vitest';
import { buttonsIn, press, textIn } from '../../support.ts';
import { added, botAt, said } from './support.ts';

const START = '2025-05-01T00:00:00Z';
const BALLERINA = 'release:ballerina/release/theatrical/us';

const names = (answer: string) => [...answer.matchAll(/\*\*(\d+)\\\./g)].map(([, number]) => Number(number));

test('/countdown status shows the problems of all pages first, each with its cure before what is fine', async () => {
  const sandbox = await botAt(START);
  for (let number = 1; number <= 7; number += 1)
    await added(sandbox, `title:Party ${number} date:2025-06-0${number} channel:releases`);
  await added(sandbox, `${BALLERINA} channel:general role:High Table`);
  await sandbox.world({ deleteChannel: 'general' });
  const answer = await sandbox.command('/countdown status');
  const text = textIn(answer);
  expect(text).toMatch(/^### Countdown status: 1 problem · page 1 of 2/);
  expect(names(text)).toEqual([8, 1, 2, 3, 4, 5]);
  expect(text.split('\n')[1]).toMatch(
    /^\*\*8\\\. Ballerina.*The channel <#\d+> is gone\. Move the countdown to another channel with `\/countdown edit`\. Next post: .* Nothing has been posted yet\.$/,
  );
  const labels = buttonsIn(answer).map(({ label }) => label);
  expect(labels).toEqual(['Edit', 'Next ›']);
  expect(textIn(await press(sandbox, answer, 'Next ›'))).toContain('7\\. Party 7');
});

test('/countdown status without a problem has no buttons, and says nothing of problems', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${BALLERINA} channel:releases`);
  const answer = await sandbox.command('/countdown status countdown:Ballerina');
  expect(textIn(answer)).toMatch(/^### Countdown status\n/);
  expect(buttonsIn(answer)).toEqual([]);
});

test('/countdown status offers to look at, and to change, what AutoMod refused', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, `${BALLERINA} channel:releases milestones:7,0`);
  const refusal = { status: 400, code: 200000 };
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: refusal }]);
  await sandbox.turn('2025-05-30T12:00:00Z');
  const answer = await sandbox.command('/countdown status');
  expect(textIn(answer)).toMatch(/: Skipped a post .*AutoMod.*change the title.*Next post: the day itself/);
  expect(buttonsIn(answer).map(({ label }) => label)).toEqual(['Preview', 'Edit']);
  expect(textIn(await press(sandbox, answer, 'Preview'))).toContain('the day itself');
});

test('/countdown status counts a paused countdown as fine, and says how it continues', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${BALLERINA} channel:releases`);
  await said(sandbox, '/countdown pause countdown:Ballerina');
  const text = await said(sandbox, '/countdown status');
  expect(text).toMatch(/^### Countdown status\n.*: Paused since .*`\/countdown resume`/);
});
