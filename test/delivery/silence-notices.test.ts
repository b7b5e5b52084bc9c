import { expect, test } from 'vitest';
import type { FaultRuleInput } from '../../sandbox/rules/faults.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import {
  added,
  botAt,
  posts,
  rowsOfCountdowns,
  said,
  storedRows,
  temporaryFolder,
} from '../commands/countdown/support.ts';
import { buttonsIn, press, textIn } from '../support.ts';

/** The first milestone falls due at 09:00 on May 7, 2025, the next one on May 30. */
const START = '2025-05-07T00:00:00Z';
const DUE = '2025-05-07T09:30:00Z';
const RELEASE = 'release:ballerina/release/theatrical/us';
const OPTIONS = `${RELEASE} channel:releases milestones:30,7,1,0`;

async function denied(sandbox: Sandbox, channel = 'releases'): Promise<void> {
  await sandbox.world({ deny: { channel, permission: 'SendMessages' } });
}

/** A bot with a countdown of winston. */
async function withCountdown(state = temporaryFolder()): Promise<Sandbox> {
  const sandbox = await botAt(START, { state });
  await added(sandbox, OPTIONS);
  return sandbox;
}

/** A bot with a countdown of winston in a channel that refuses posts. */
async function withSilent(state?: string): Promise<Sandbox> {
  const sandbox = await withCountdown(state);
  await denied(sandbox);
  return sandbox;
}

const notices = async (sandbox: Sandbox, user = 'winston') =>
  (await sandbox.directs(user)).map((message) => textIn({ reply: message } as never));

test('whoever added a countdown gets one message with the reason, the permission and the command', async () => {
  const sandbox = await withSilent();
  await sandbox.turn(DUE);
  const [message, ...others] = await notices(sandbox);
  expect(others).toEqual([]);
  expect(message).toContain('A countdown that you added in The Continental can’t post any more.');
  expect(message).toContain('Ballerina');
  expect(message).toMatch(/<#\d+>.*\*\*Send Messages\*\*/s);
  expect(message).toContain('`/countdown resume`');
  expect(message).toContain('`/countdown list`');
  await sandbox.turn('2025-05-29T00:00:00Z');
  expect(await notices(sandbox)).toHaveLength(1);
  expect(await posts(sandbox)).toEqual([]);
});

test('the message is in the language of the person, not in that of the posts', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ guildLocale: { locale: 'en-US' } });
  await added(sandbox, 'title:Party date:2025-06-06 channel:releases milestones:30,7', { locale: 'en-GB' });
  await denied(sandbox);
  await sandbox.turn(DUE);
  // The catalogue has English alone, which British people write with the day first.
  expect((await notices(sandbox))[0]).toContain('6 June 2025');
});

test('several countdowns with the same cause share one message', async () => {
  const sandbox = await withCountdown();
  await added(sandbox, 'title:Party date:2025-06-06 channel:releases milestones:30,7');
  await added(sandbox, 'title:Screening date:2025-06-06 channel:general milestones:30,7');
  await denied(sandbox);
  await denied(sandbox, 'general');
  await sandbox.turn(DUE);
  const [message, ...others] = await notices(sandbox);
  expect(others).toEqual([]);
  expect(message).toContain('3 countdowns that you added');
  for (const name of ['Ballerina', 'Party', 'Screening']) expect(message).toContain(name);
  expect(message?.match(/Send Messages/g)).toHaveLength(2);
});

test('each person gets a message about their own countdowns only', async () => {
  const sandbox = await withCountdown();
  await sandbox.world({ addRole: { name: 'Managers', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Managers'] } });
  await added(sandbox, 'title:Party date:2025-06-06 channel:releases milestones:30,7', { user: 'charon' });
  await denied(sandbox);
  await sandbox.turn(DUE);
  expect(await notices(sandbox)).toEqual([expect.not.stringContaining('Party')]);
  expect(await notices(sandbox, 'charon')).toEqual([expect.stringContaining('Party')]);
});

test('a countdown that is silent, resumed and silent again causes two messages', async () => {
  const sandbox = await withSilent();
  await sandbox.turn(DUE);
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn('2025-05-08T00:00:00Z');
  expect(await posts(sandbox)).toHaveLength(1);
  await denied(sandbox);
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await notices(sandbox)).toHaveLength(2);
});

test('a person who accepts no direct messages is not asked again: it is in the list alone', async () => {
  const sandbox = await withSilent();
  await sandbox.world({ closeDirect: 'winston' });
  await sandbox.turn('2025-05-08T00:00:00Z');
  await sandbox.world({ openDirect: 'winston' });
  await sandbox.turn('2025-05-12T00:00:00Z');
  expect(await notices(sandbox)).toEqual([]);
  expect(await said(sandbox, '/countdown list')).toContain('**Send Messages**');
});

test('a channel that is repaired within a minute causes no message', async () => {
  const sandbox = await withSilent();
  await sandbox.turn('2025-05-07T09:00:30Z');
  await sandbox.world({ allow: { channel: 'releases', permission: 'SendMessages' } });
  await sandbox.turn(DUE);
  expect(await notices(sandbox)).toEqual([]);
  expect(await posts(sandbox)).toHaveLength(1);
});

/** The only direct message that is posted fails or is cut off, as `rule` says; then the bot is killed and started again. */
async function afterKill(rule: FaultRuleInput, startAt: string): Promise<Sandbox> {
  const state = temporaryFolder();
  const sandbox = await withSilent(state);
  await sandbox.turn('2025-05-07T09:00:30Z');
  await sandbox.faults([rule]);
  const turning = sandbox.turn(DUE).catch(() => {});
  await expect
    .poll(async () => ((await sandbox.counters()).requests['POST /channels/:id/messages'] ?? 0) > 1, {
      timeout: 20_000,
    })
    .toBe(true);
  await sandbox.kill();
  await turning;
  const back = await botAt(startAt, { state });
  await back.turn('2025-05-08T00:00:00Z');
  return back;
}

const POST = 'POST /channels/*/messages';

test.each([
  ['before it was sent, soon', 'before', '2025-05-07T09:01:30Z'],
  ['before it was sent, later', 'before', '2025-05-07T12:00:00Z'],
  ['after it was sent, soon', 'after', '2025-05-07T09:01:30Z'],
  ['after it was sent, later', 'after', '2025-05-07T12:00:00Z'],
] as const)(
  'a bot that is killed while it sends the message (%s) sends it once',
  async (_, when, startAt) => {
    const back = await afterKill({ route: POST, times: 1, does: { hang: true, when } }, startAt);
    expect(await notices(back)).toHaveLength(1);
  },
);

test('a message that Discord answers with 500 is sent again, and arrives once', async () => {
  const sandbox = await withSilent();
  await sandbox.turn('2025-05-07T09:00:30Z');
  await sandbox.faults([{ route: POST, times: 2, does: { status: 500, when: 'after' } }]);
  await sandbox.turn('2025-05-07T12:00:00Z');
  expect(await notices(sandbox)).toHaveLength(1);
});

test('/countdown settings turns the messages off, and nobody is stored for them', async () => {
  const state = temporaryFolder();
  const sandbox = await withCountdown(state);
  const shown = await sandbox.command('/countdown settings');
  expect(textIn(shown)).toContain('on: one direct message');
  const off = await press(sandbox, shown, 'Turn messages off');
  expect(textIn(off)).toMatch(/Messages are off.*off/s);
  await added(sandbox, 'title:Party date:2025-06-06 channel:releases milestones:30,7');
  await denied(sandbox);
  await sandbox.turn(DUE);
  expect(await notices(sandbox)).toEqual([]);
  // What fell silent while they were off causes no message later.
  expect(textIn(await press(sandbox, off, 'Turn messages on'))).toContain('Messages are on');
  await sandbox.turn('2025-05-08T00:00:00Z');
  expect(await notices(sandbox)).toEqual([]);
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('contacts::'))).toEqual([]);
});

test('members without Manage Server cannot turn the messages off', async () => {
  const sandbox = await withSilent();
  await sandbox.world({ addRole: { name: 'Managers', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Managers'] } });
  const shown = await sandbox.command({ text: '/countdown settings', user: 'charon' });
  await sandbox.world({ deleteRole: 'Managers' });
  const customId = buttonsIn(shown)[1]?.customId ?? '';
  const answer = await sandbox.click({ message: shown.reply?.id ?? '', customId, user: 'charon' });
  expect(answer.reply?.content).toContain('Manage Server');
  await sandbox.turn(DUE);
  expect(await notices(sandbox)).toHaveLength(1);
});

test('the person can stop the messages with the button of one', async () => {
  const state = temporaryFolder();
  const sandbox = await withSilent(state);
  await sandbox.turn(DUE);
  const [message] = await sandbox.directs('winston');
  const [stop] = buttonsIn({ reply: message } as never);
  const answer = await sandbox.click({
    message: message?.id ?? '',
    customId: stop?.customId ?? '',
    user: 'winston',
  });
  expect(answer.reply?.content).toContain('I won’t message you');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('contacts::'))).toEqual([]);
});

test('a person’s wish erases who added the countdowns, and the countdowns go on', async () => {
  const state = temporaryFolder();
  const sandbox = await withSilent(state);
  const person = { user: 'winston', context: 'dm' } as const;
  const asked = await sandbox.command({ text: '/concierge forget', ...person });
  await sandbox.click({
    message: asked.reply?.id ?? '',
    customId: buttonsIn(asked)[0]?.customId ?? '',
    user: 'winston',
  });
  expect(await said(sandbox, '/concierge export', person)).toBe('I store nothing about you.');
  await sandbox.turn(DUE);
  expect(await notices(sandbox)).toEqual([]);
  expect(await said(sandbox, '/countdown list')).toContain('1 of 25');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('contacts::'))).toEqual([]);
});

test('forgetting a server also erases which messages were sent', async () => {
  const state = temporaryFolder();
  const sandbox = await withSilent(state);
  await sandbox.turn(DUE);
  const asked = await sandbox.command('/concierge forget');
  await sandbox.click({ message: asked.reply?.id ?? '', customId: buttonsIn(asked)[0]?.customId ?? '' });
  await sandbox.stop();
  expect(rowsOfCountdowns(state)).toEqual([]);
});
