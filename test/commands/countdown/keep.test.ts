import { expect, test } from 'vitest';
import { added, botAt, posts, said } from './support.ts';

const START = '2025-05-28T12:00:00Z';
const WHEN = 'timezone:UTC time:09:00 milestones:7,1,0';
const OWN = `title:"Movie night" date:2025-06-06 channel:#releases ${WHEN}`;

test('of a countdown’s posts only the newest stays in the channel, and the reply says so', async () => {
  const sandbox = await botAt(START);
  expect(await added(sandbox, `${OWN} keep:newest`)).toContain('Only the newest post stays.');
  await sandbox.turn('2025-05-30T10:00:00Z');
  await sandbox.turn('2025-06-05T10:00:00Z');
  expect(await posts(sandbox)).toHaveLength(1);
  await sandbox.turn('2025-06-06T10:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringContaining('2025-06-06T09:00Z')]);
});

test('all posts are deleted a day after the day, unless an edit keeps them', async () => {
  const sandbox = await botAt(START);
  expect(await added(sandbox, `${OWN} keep:none`)).toContain('A day after the day, all posts are deleted.');
  await added(sandbox, `title:Party date:2025-06-06 channel:#general ${WHEN} keep:none`);
  await sandbox.turn('2025-06-06T10:00:00Z');
  expect(await posts(sandbox)).not.toEqual([]);
  expect(await said(sandbox, '/countdown edit countdown:Party keep:all')).not.toContain('deleted');
  await sandbox.turn('2025-06-07T10:00:00Z');
  expect(await posts(sandbox)).toEqual([]);
  expect(await posts(sandbox, 'general')).not.toEqual([]);
});

test('a live countdown edits one message each day, with its picture, and pings nobody', async () => {
  const sandbox = await botAt(START);
  const reply = await added(sandbox, `${OWN} live:true`);
  expect(reply).toContain('Live: one message in');
  expect(await said(sandbox, '/countdown preview countdown:"Movie night"')).toContain(
    'This is a live message',
  );
  await sandbox.turn('2025-05-29T10:00:00Z');
  const [first] = await sandbox.messages('releases');
  expect(first?.content).toContain('8 days');
  await sandbox.turn('2025-05-30T10:00:00Z');
  const edited = (await sandbox.messages('releases')).find(({ id }) => id === first?.id);
  expect(edited).toMatchObject({
    content: expect.stringContaining('7 days'),
    attachments: [expect.anything()],
  });
  expect(edited?.attachments).not.toEqual(first?.attachments);
  expect(await said(sandbox, '/countdown status')).toContain('Live: one message, edited each day.');
  expect(await said(sandbox, '/countdown list')).toContain('Live: one message in');
  await sandbox.turn('2025-06-06T10:00:00Z');
  expect((await posts(sandbox)).filter((text) => text.includes('Movie night'))).toHaveLength(2);
});

test('the live message is pinned where the bot may', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${OWN} live:true`);
  await sandbox.world({ allow: { channel: 'releases', permission: 'PinMessages' } });
  await added(sandbox, `title:Party date:2025-06-06 channel:#general ${WHEN} live:true`);
  await sandbox.turn('2025-05-29T10:00:00Z');
  const pinned = async (channel: string) =>
    (await sandbox.messages(channel)).filter((message) => message.pinned).length;
  expect([await pinned('releases'), await pinned('general')]).toEqual([1, 0]);
});

test('an edit makes a countdown live, and no longer', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, OWN);
  expect(await said(sandbox, '/countdown edit countdown:"Movie night" live:true')).toContain(
    'Live: one message',
  );
  expect(await said(sandbox, '/countdown edit countdown:"Movie night" live:false')).not.toContain(
    'Live: one message',
  );
});

test('another choice than the three is refused', async () => {
  const sandbox = await botAt(START);
  expect(await said(sandbox, `/countdown add ${OWN} keep:some`)).not.toContain('Countdown added');
});
