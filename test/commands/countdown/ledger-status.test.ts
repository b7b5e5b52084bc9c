import { expect, test } from 'vitest';
import { added, botAt, CHANNEL_REFUSED, said } from './support.ts';

const PARTY = 'title:Party date:2025-05-05 channel:releases';
/** What a list says of one countdown. */
const paragraphOf = (answer: string, name: string) =>
  answer.split(/\n(?=\*\*\d)/).find((paragraph) => paragraph.includes(name)) ?? '';
const DENIED = { channel: 'releases', permission: 'SendMessages' };

test('a finished countdown that never posted shows that and the reason', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${PARTY} milestones:0`);
  await sandbox.world({ deny: DENIED });
  await sandbox.turn('2025-05-13T00:00:00Z');
  for (const command of ['status', 'list', 'preview countdown:Party']) {
    const answer = await said(sandbox, `/countdown ${command}`);
    expect(answer).toContain('Finished: no posts');
    expect(answer).toMatch(/can’t post|can’t see/);
    expect(answer).not.toMatch(/Everything was posted|Nothing has been posted yet/);
  }
});

test('a finished countdown whose last post was refused shows the number of posts', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${PARTY} milestones:2,0`);
  await sandbox.turn('2025-05-04T00:00:00Z');
  await sandbox.world({ deny: DENIED });
  await sandbox.turn('2025-05-13T00:00:00Z');
  const answer = await said(sandbox, '/countdown status');
  expect(answer).toContain('Finished: 1 post.');
  expect(answer).toMatch(/can’t post.*Last post/s);
});

test('a finished countdown with all posts made shows that everything was posted', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${PARTY} milestones:2,0`);
  await sandbox.turn('2025-05-06T00:00:00Z');
  expect(await said(sandbox, '/countdown status')).toContain('Finished. Everything was posted. Last post');
});

test('a finished countdown stays complete when its channel refuses another one later', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${PARTY} milestones:0`);
  await added(sandbox, 'title:Gala date:2025-05-06 channel:releases milestones:0');
  await sandbox.turn('2025-05-05T12:00:00Z');
  await sandbox.world({ deny: DENIED });
  await sandbox.turn('2025-05-06T12:00:00Z');
  for (const command of ['status', 'list']) {
    const answer = await said(sandbox, `/countdown ${command}`);
    const [party = '', gala = ''] = ['Party', 'Gala'].map((name) => paragraphOf(answer, name));
    expect(party).toContain('Finished. Everything was posted.');
    expect(party).not.toMatch(CHANNEL_REFUSED);
    expect(gala).toMatch(CHANNEL_REFUSED);
  }
});

test('a finished countdown that was silent when its post fell due is not complete', async () => {
  const sandbox = await botAt('2025-05-01T00:00:00Z');
  await added(sandbox, `${PARTY} milestones:1,0`);
  await added(sandbox, 'title:Gala date:2025-05-05 time:08:00 channel:releases milestones:0');
  await sandbox.turn('2025-05-04T12:00:00Z');
  await sandbox.world({ deny: DENIED });
  await sandbox.turn('2025-05-13T12:00:00Z');
  const [, party = ''] = (await said(sandbox, '/countdown status')).split('Party');
  expect(party).toMatch(/^.*Finished: 1 post\. I can’t (post|see)/);
});

test('/remind list shows that a finished reminder could not be sent', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  const scene = { user: 'john' };
  await said(sandbox, '/remind me release:ballerina/release/theatrical/us', scene);
  await sandbox.world({ closeDirect: 'john' });
  await sandbox.turn('2025-06-14T00:00:00Z');
  const answer = await said(sandbox, '/remind list', scene);
  expect(answer).toContain('Finished: no posts');
  expect(answer).not.toContain('Everything was sent');
});
