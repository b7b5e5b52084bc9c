import { expect, test } from 'vitest';
import { added, botAt, said } from './support.ts';

const START = '2025-05-01T00:00:00Z';
const PARTY = 'title:Party date:2025-06-01 channel:releases milestones:7,1,0';
const edit = '/countdown edit countdown:Party';

test('a countdown has its own colour, by name or number, until an edit takes it back', async () => {
  const sandbox = await botAt(START);
  expect(await added(sandbox, `${PARTY} colour:blue`)).toContain('Picture in `#4c8dff`');
  expect(await said(sandbox, `${edit} colour:1E90FF`)).toContain('Picture in `#1e90ff`');
  expect(await said(sandbox, `${edit} time:10:00`)).toContain('Picture in `#1e90ff`');
  const { choices = [] } = await sandbox.autocomplete(`${edit} colour:pur`);
  expect(choices).toEqual([{ name: 'purple', value: 'purple' }]);
  expect(await said(sandbox, `${edit} colour:default`)).not.toContain('Picture in');
});

test('a colour that is none is refused with the reason and changes nothing', async () => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${PARTY} colour:#12345`)).toContain(
    'I don’t know the colour “\\#12345”',
  );
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns yet');
});

test('one countdown posts without a picture, and so says its preview', async () => {
  const sandbox = await botAt('2025-05-24T00:00:00Z');
  expect(await added(sandbox, `${PARTY} picture:false`)).toContain('Without a picture');
  await added(sandbox, PARTY.replace('Party', 'Gala'));
  expect((await sandbox.command('/countdown preview countdown:Party')).reply?.attachments).toEqual([]);
  await sandbox.turn('2025-05-25T12:00:00Z');
  const messages = await sandbox.messages('releases');
  expect(messages.map(({ content, attachments }) => [content.includes('Party'), attachments.length])).toEqual(
    expect.arrayContaining([
      [true, 0],
      [false, 1],
    ]),
  );
  expect(await said(sandbox, `${edit} picture:true`)).not.toContain('Without a picture');
  await sandbox.turn('2025-05-31T12:00:00Z');
  const last = (await sandbox.messages('releases')).slice(-2);
  expect(last.map(({ attachments }) => attachments.length)).toEqual([1, 1]);
});
