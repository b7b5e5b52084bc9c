import { expect, test } from 'vitest';
import { press, textIn } from '../../support.ts';
import { added, botAt, labelsIn, requestOf, said } from './support.ts';

const START = '2025-05-29T00:00:00Z';
const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases milestones:7,1,0';
/** On the day itself the facts say that it is out, which they do not yet. */
const BEFORE = BALLERINA.replace('7,1,0', '7,3,1');
const OWN = 'title:Party date:2025-06-03 channel:releases milestones:3,1,0';

test.each([
  ['a release', BEFORE, 'Ballerina'],
  ['a countdown with a role', `${BEFORE} role:High Table timezone:America/New_York`, 'Ballerina'],
  ['an own date', OWN, 'Party'],
  ['an own date with an hour', OWN.replace('03', '03 20:00').replace('3,1,0', '3d,2h,now'), 'Party'],
])('the preview of %s equals the later posts word for word', async (_, options, name) => {
  const sandbox = await botAt(START);
  await added(sandbox, options);
  const first = await sandbox.command(`/countdown preview countdown:${name}`);
  expect(first.ephemeral).toBe(true);
  const second = await press(sandbox, first, 'Next ›');
  const pages = [first, second, await press(sandbox, second, 'Next ›')];
  expect(await sandbox.messages('releases')).toEqual([]);
  await sandbox.turn('2025-06-08T00:00:00Z');
  const messages = await sandbox.messages('releases');
  expect(messages).toHaveLength(3);
  for (const [index, message] of messages.entries()) {
    const { reply } = pages[index] ?? {};
    expect(reply?.content).toContain(`\n> ${requestOf(message).content}`);
    expect(reply?.attachments).toMatchObject([{ description: message.attachments[0]?.description }]);
    expect(labelsIn(reply)).toEqual(expect.arrayContaining(labelsIn(message)));
    const posted = Temporal.Instant.from(message.timestamp).epochMilliseconds / 1000;
    expect(reply?.content).toContain(`<t:${posted}:F>`);
  }
});

test('/countdown preview shows each post in its time zone and in that of the reader', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${BALLERINA} timezone:Asia/Kathmandu time:21:15`);
  const text = await said(sandbox, '/countdown preview countdown:Ballerina');
  expect(text).toContain('May 30, 2025, 21:15 (Asia/Kathmandu)');
  expect(text).toContain(`<t:${Temporal.Instant.from('2025-05-30T15:30Z').epochMilliseconds / 1000}:F>`);
});

test('/countdown preview shows mentions without pinging anybody', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, `${BALLERINA} role:High Table`);
  const { reply } = await sandbox.command('/countdown preview countdown:Ballerina');
  expect(reply?.content).toMatch(/<@&\d+>/);
  const stored = await sandbox.messages('general');
  expect(stored).toEqual([]);
});

test('/countdown preview shows one chosen milestone with its button', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA.replace('7,1,0', '7,3,2,1,0'));
  expect(await said(sandbox, '/countdown preview countdown:Ballerina')).toContain('page 1 of 5');
  const { choices = [] } = await sandbox.autocomplete('/countdown preview countdown:Ballerina milestone:');
  expect(choices.map(({ name }) => name)).toEqual([
    '7 days left – May 30, 2025, 09:00',
    '3 days left – June 3, 2025, 09:00',
    '2 days left – June 4, 2025, 09:00',
    '1 day left – June 5, 2025, 09:00',
    'the day itself – June 6, 2025, 09:00',
  ]);
  for (const milestone of [choices[4]?.value, '0']) {
    const chosen = await sandbox.command(`/countdown preview countdown:Ballerina milestone:${milestone}`);
    expect(textIn(chosen).match(/\n> /g)).toHaveLength(1);
    expect(textIn(chosen)).toContain('Today is the day');
    expect(labelsIn(chosen.reply)).toEqual(['About']);
    expect(chosen.reply?.attachments).toHaveLength(1);
  }
  const refused = await said(sandbox, '/countdown preview countdown:Ballerina milestone:5 @here');
  expect(refused).toContain('This countdown has no post “5 \\@here”');
});

test('/countdown preview shows the notice of a moved date and then the milestones', async () => {
  const sandbox = await botAt('2024-02-20T00:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/us channel:releases milestones:365,0');
  await sandbox.turn('2024-02-22T04:00:00Z');
  const first = await sandbox.command('/countdown preview countdown:Ballerina');
  expect(textIn(first)).toMatch(/the new date.*has moved from June 7, 2024 to \*\*June 6, 2025/s);
  expect(first.reply?.attachments[0]?.description).toContain('June 6, 2025, previously June 7, 2024');
  const second = await press(sandbox, first, 'Next ›');
  expect(textIn(second)).toContain('**365 days** left');
  expect(textIn(await press(sandbox, second, 'Next ›'))).toContain('the day itself');
});

test('/countdown preview uses only facts known today', async () => {
  const sandbox = await botAt('2024-02-01T00:00:00Z');
  await added(sandbox, BALLERINA);
  const text = await said(sandbox, '/countdown preview countdown:Ballerina');
  expect(text).toContain('June 7, 2024');
  expect(text).not.toContain('2025');
});

test('/countdown preview says why no post would arrive', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, BALLERINA);
  await sandbox.world({ deny: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-30T12:00:00Z');
  const text = await said(sandbox, '/countdown preview countdown:Ballerina');
  expect(text).toContain('Right now, none of this can be posted. I can’t post');
  await said(sandbox, '/countdown pause countdown:Ballerina');
  expect(await said(sandbox, '/countdown preview countdown:Ballerina')).toContain('It’s paused');
});

test('/countdown preview of an undated release says that it waits for a date', async () => {
  const sandbox = await botAt(START);
  await added(sandbox, 'release:chapter-5/release/theatrical/us channel:releases');
  expect(await said(sandbox, '/countdown preview countdown:Chapter')).toContain('once a date is announced');
});
