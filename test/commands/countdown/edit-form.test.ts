import { expect, test } from 'vitest';
import { press, textIn } from '../../support.ts';
import { added, botAt, said, times } from './support.ts';

const START = '2025-05-01T00:00:00Z';
const PARTY = 'title:Party date:2025-06-01 channel:releases milestones:7,1,0';

test('Edit opens a form with what the countdown has, and what is changed there can be undone', async () => {
  const sandbox = await botAt(START);
  const answer = await sandbox.command(`/countdown add ${PARTY}`);
  const before = await said(sandbox, '/countdown list');
  const form = await press(sandbox, answer, 'Edit');
  const shown = JSON.stringify(form.modal);
  for (const text of ['Party', '2025-06-01', '09:00', 'UTC', '7, 1, 0']) expect(shown).toContain(`"${text}"`);
  const { interaction = '' } = form;
  const changed = await sandbox.modal({
    interaction,
    fields: { time: '3:30 pm', date: 'June 3', title: '' },
  });
  expect(textIn(changed)).toContain('Time of the posts: 09:00 → 15:30');
  expect(textIn(changed)).toContain('Date: June 1, 2025 → June 3, 2025');
  expect(textIn(changed)).not.toContain('Title:');
  await press(sandbox, changed, 'Undo');
  expect(await said(sandbox, '/countdown list')).toBe(before);
  await sandbox.turn('2025-06-05T00:00:00Z');
  expect(await times(sandbox)).toEqual(['2025-05-25T09:00Z', '2025-05-31T09:00Z', '2025-06-01T09:00Z']);
});

test('the edit form of a release has no title and no date', async () => {
  const sandbox = await botAt(START);
  const answer = await sandbox.command(
    '/countdown add release:ballerina/release/theatrical/us channel:releases',
  );
  const form = await press(sandbox, answer, 'Edit');
  const ids = JSON.stringify(form.modal).match(/"custom_id":"[a-z]+"/g);
  expect(ids?.map((id) => id.slice(13, -1))).toEqual(['time', 'timezone', 'milestones', 'language']);
});

test.each([
  ['a word as time', { time: 'late' }, 'I couldn’t read “late” as a time'],
  ['an unknown time zone', { timezone: 'Mars' }, 'I don’t know the time zone “Mars”'],
  ['a date that has passed', { date: '2024-01-01' }, 'January 1, 2024'],
  ['nothing changed', {}, 'Choose something to change'],
])('the edit form with %s is refused and changes nothing', async (_, fields, sentence) => {
  const sandbox = await botAt(START);
  const answer = await sandbox.command(`/countdown add ${PARTY}`);
  const before = await said(sandbox, '/countdown list');
  const { interaction = '' } = await press(sandbox, answer, 'Edit');
  const refused = await sandbox.modal({ interaction, fields });
  expect(textIn(refused)).toContain(sentence);
  expect(await said(sandbox, '/countdown list')).toBe(before);
});

test('the edit form of a countdown that is gone says so', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, PARTY);
  const changed = await sandbox.command('/countdown edit countdown:Party time:10:00');
  const { interaction = '' } = await press(sandbox, changed, 'Edit');
  const other = await sandbox.command('/countdown edit countdown:Party time:10:30');
  await said(sandbox, '/countdown remove countdown:Party');
  const late = await sandbox.modal({ interaction, fields: { time: '11:00' } });
  expect(textIn(late)).toContain('just removed this countdown');
  expect(textIn(await press(sandbox, other, 'Edit'))).toContain('just removed this countdown');
});
