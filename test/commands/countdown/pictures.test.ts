import { InteractionType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { ListedMessage, Reply } from '../../../sandbox/client.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { buttonsIn, press, textIn } from '../../support.ts';
import { answering } from '../support.ts';
import { added, botAt, labelsIn, said } from './support.ts';

const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases';
const OWN = 'title:Watch party 🎬 date:2025-06-10 channel:releases milestones:7,0';

/** The pictures of the posts: what each says to those who cannot see it. */
const altsOf = (messages: readonly ListedMessage[]) =>
  messages.flatMap(({ attachments }) => attachments.map(({ description }) => description));

/** Presses the button of that label under a message of a channel. */
function pressIn(sandbox: Sandbox, message: ListedMessage | undefined, label: string, scene: object = {}) {
  const button = buttonsIn(message ? { reply: message as unknown as NonNullable<Reply['reply']> } : {}).find(
    (one) => one.label === label,
  );
  return sandbox.click({ message: message?.id ?? '', customId: button?.customId ?? '', ...scene });
}

test('a post is one sentence, a picture with a text for those who cannot see it, and buttons', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, `${BALLERINA} milestones:7,0`);
  await sandbox.turn('2025-06-07T00:00:00Z');
  const [week, day] = await sandbox.messages('releases');
  expect(week).toMatchObject({
    content: '**7 days** left: *Ballerina* opens on **June 6, 2025** (Cinemas, United States).',
    embeds: [],
    attachments: [
      {
        content_type: 'image/png',
        description:
          'Countdown: From the World of John Wick: Ballerina. 7 days left. June 6, 2025. Cinemas, United States.',
      },
    ],
  });
  expect(labelsIn(week)).toEqual(['Remind me', 'About']);
  // The facts have the address of the trailer since that day.
  expect(labelsIn(day)).toEqual(['About', 'Watch the trailer']);
  expect(day?.attachments[0]?.description).toContain('The day is here');
  const file = await fetch(week?.attachments[0]?.url ?? '');
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(1, 4)
      .toString('latin1'),
  ).toBe('PNG');
});

test('the picture of a moved date tells both days', async () => {
  const sandbox = await botAt('2024-02-20T00:00:00Z');
  await added(sandbox, `${BALLERINA} milestones:100`);
  await sandbox.turn('2024-02-24T00:00:00Z');
  expect(altsOf(await sandbox.messages('releases'))).toEqual([
    expect.stringMatching(/^New date: .*Ballerina\. \d+ days left\. June 6, 2025, previously June 7, 2024\./),
  ]);
});

test('the picture of an anniversary tells which one it is', async () => {
  const sandbox = await botAt('2027-02-01T00:00:00Z');
  await added(sandbox, 'release:anniversary:chapter-2/release/theatrical/us channel:releases milestones:7,0');
  await sandbox.turn('2027-02-12T00:00:00Z');
  const messages = await sandbox.messages('releases');
  expect(altsOf(messages)).toEqual([
    expect.stringMatching(/^10th anniversary: John Wick: Chapter 2\. 7 days left\. February 10, 2027\./),
    expect.stringMatching(/^10th anniversary: John Wick: Chapter 2\. 10 years\. February 10, 2027\./),
  ]);
});

test('an own date has no button that has nothing to do with it, and tells everyone about itself', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  await added(sandbox, OWN);
  await sandbox.turn('2025-06-11T00:00:00Z');
  const [week, day] = await sandbox.messages('releases');
  expect(labelsIn(week)).toEqual(['Remind me', 'About']);
  expect(labelsIn(day)).toEqual(['About']);
  const about = await pressIn(sandbox, day, 'About', { user: 'john' });
  expect(about.ephemeral).toBe(true);
  expect(textIn(about)).toMatch(/\*\*Watch party 🎬 – June 10, 2025\*\* – 1 day ago\..*09:00 UTC/s);
});

test('a button of an own date that was removed says so', async () => {
  const sandbox = await botAt('2025-06-03T08:00:00Z');
  await added(sandbox, OWN);
  await sandbox.turn('2025-06-03T10:00:00Z');
  const [week] = await sandbox.messages('releases');
  await said(sandbox, '/countdown remove countdown:Watch');
  for (const label of ['Remind me', 'About'])
    expect(textIn(await pressIn(sandbox, week, label))).toBe('This server no longer counts down to that.');
});

test.each([
  ['a release', BALLERINA, '2025-05-30T10:00:00Z', '2025-06-07T00:00:00Z', 'Ballerina'],
  ['an own date', OWN, '2025-06-03T10:00:00Z', '2025-06-11T00:00:00Z', 'Watch party'],
])(
  'Remind me under %s sets a reminder in one press, and one press ends it',
  async (_, options, at, end, name) => {
    const sandbox = await botAt('2025-05-29T00:00:00Z');
    await added(sandbox, options.includes('milestones') ? options : `${options} milestones:7,0`);
    await sandbox.turn(at);
    const [week] = await sandbox.messages('releases');
    const set = await pressIn(sandbox, week, 'Remind me', { user: 'john' });
    expect(set.ephemeral).toBe(true);
    expect(textIn(set)).toContain('Reminder set');
    expect(textIn(set)).toContain('I’ll DM you at 09:00 UTC – on the day');
    const again = await pressIn(sandbox, week, 'Remind me', { user: 'john' });
    expect(textIn(again)).toContain('You already have that reminder');
    const [stop] = buttonsIn(again);
    const click = { message: again.reply?.id ?? '', customId: stop?.customId ?? '', user: 'john' };
    const back = await sandbox.click(click);
    expect(textIn(back)).toContain('Stopped');
    await pressIn(sandbox, week, 'Remind me', { user: 'john' });
    await sandbox.turn(end);
    const [message, ...others] = await sandbox.directs('john');
    expect(others).toEqual([]);
    expect(message?.content).toContain(`Today is the day: *${name}`);
    expect(labelsIn(message)[0]).toBe('Your reminders');
    expect(message?.attachments).toHaveLength(1);
  },
);

test('a person who cannot be sent direct messages is told so by the button', async () => {
  const sandbox = await botAt('2025-06-03T08:00:00Z');
  await added(sandbox, OWN);
  await sandbox.turn('2025-06-03T10:00:00Z');
  await sandbox.faults([{ route: 'POST /users/@me/channels', does: { status: 403, code: 50278 } }]);
  const [week] = await sandbox.messages('releases');
  const answer = textIn(await pressIn(sandbox, week, 'Remind me', { user: 'john' }));
  expect(answer).toMatch(/^I can’t DM you/);
});

test('without Attach Files a post comes without its picture, and the preview says so', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, `${BALLERINA} milestones:7,1,0`);
  await sandbox.world({ deny: { channel: 'releases', permission: 'AttachFiles' } });
  const preview = await sandbox.command('/countdown preview countdown:Ballerina');
  expect(textIn(preview)).toContain('posts come without the picture. Give me **Attach Files**');
  expect(preview.reply?.attachments).toEqual([]);
  await sandbox.turn('2025-06-07T00:00:00Z');
  const messages = await sandbox.messages('releases');
  expect(messages.map(({ attachments }) => attachments.length)).toEqual([0, 0, 0]);
  expect(messages[0]?.content).toContain('**7 days** left');
  // The first one is refused with its picture; after that the bot knows, until it tries again some hours later.
  expect((await sandbox.counters()).requests['POST /channels/:id/messages']).toBeLessThanOrEqual(6);
});

test('pictures can be turned off for a server, and on again', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, `${BALLERINA} milestones:7,1,0`);
  const settings = await sandbox.command('/countdown settings');
  expect(textIn(settings)).toMatch(/Picture in each post\non/);
  const off = await press(sandbox, settings, 'Turn pictures off');
  expect(textIn(off)).toContain('Pictures are off for all countdowns of this server');
  await said(sandbox, '/countdown test countdown:Ballerina');
  expect((await sandbox.command('/countdown preview countdown:Ballerina')).reply?.attachments).toEqual([]);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(altsOf(await sandbox.messages('releases'))).toEqual([]);
  await press(sandbox, off, 'Turn pictures on');
  await sandbox.turn('2025-06-07T00:00:00Z');
  const messages = await sandbox.messages('releases');
  expect(messages.map(({ attachments }) => attachments.length)).toEqual([0, 0, 1, 1]);
});

test('a member who may not manage the server cannot turn pictures off', async () => {
  const path = { custom_id: '1~press~countdown/settings~pictures=off', component_type: 2 };
  const member = { permissions: '0', user: { id: '100000000000000001' } };
  const answer = await answering({ type: InteractionType.MessageComponent, data: path, member });
  expect(JSON.stringify(answer)).toContain('Manage Server');
});
