import { describe, expect, test } from 'vitest';
import type { ListedMessage } from '../../../sandbox/client.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { botAt, requestOf, said, temporaryFolder } from '../countdown/support.ts';

const US = 'release:ballerina/release/theatrical/us';
const DM = { user: 'john', context: 'dm' } as const;
const CLOSED = /^I can’t DM you/;

const john = (sandbox: Sandbox, text: string, scene: object = DM) =>
  said(sandbox, text, { user: 'john', ...scene });
/** What john was sent: when, to the minute, and the words of it. */
const sent = async (sandbox: Sandbox) => (await sandbox.directs('john')).map(told);
const told = ({ timestamp, content }: ListedMessage) =>
  `${timestamp.slice(0, 16)}Z ${content.split('\n')[0]}`;

describe('/remind me', () => {
  test.each([
    ['in a direct message', DM],
    ['in a server', { user: 'john' }],
    ['through a user installation', { user: 'john', install: 'user' }],
    ['in a private channel', { user: 'john', context: 'private' }],
  ] as const)('sends a direct message on the release day when used %s', async (_, scene) => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const answer = await sandbox.command({ text: `/remind me ${US} timezone:Europe/Berlin`, ...scene });
    expect(answer.ephemeral).toBe(true);
    expect(await sandbox.directs('john')).toEqual([]);
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect(await sent(sandbox)).toEqual([
      '2025-06-06T07:00Z Today is the day: *Ballerina* is out, **June 6, 2025** (Cinemas, United States).',
    ]);
    expect(await sandbox.messages('general')).toEqual([]);
  });

  test('sends a message with a nonce and a stop hint, without mentions', async () => {
    const sandbox = await botAt('2025-06-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:UTC`);
    await sandbox.turn('2025-06-10T00:00:00Z');
    const [message] = await sandbox.directs('john');
    if (!message) throw new Error('nothing was sent');
    expect(requestOf(message)).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
    expect(requestOf(message).nonce).toHaveLength(24);
    expect(message.content).toContain('You set this reminder. Stop it with `/remind stop`.');
    expect(message.mentions).toEqual({ users: [], roles: [], everyone: false });
  });

  test('lists each message with its time and says that it follows the date', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const answer = await john(sandbox, `/remind me release:Ballerina milestones:7,0 timezone:Tokyo time:8am`);
    expect(answer).toContain('Reminder set');
    expect(answer).toContain('Ballerina (Cinemas, United States)');
    expect(answer).toContain('at 08:00 Asia/Tokyo – 7 days before, and on the day');
    const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 1000;
    expect(answer).toContain(`7 days left: <t:${at('2025-05-29T23:00:00Z')}:F>`);
    expect(answer).toContain(`the day itself: <t:${at('2025-06-05T23:00:00Z')}:F>`);
    expect(answer).toContain('If the date changes, I’ll tell you once');
    expect(answer).not.toContain('time zone yet');
  });

  test('asks for the time zone once and remembers it', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const first = await john(sandbox, `/remind me ${US}`);
    expect(first).toContain('at 09:00 UTC');
    expect(first).toContain('I don’t know your time zone yet, so this is 09:00 in UTC');
    const again = await john(sandbox, `/remind me ${US} timezone:America/New_York`);
    expect(again).toContain('Reminder changed');
    expect(again).toContain('at 09:00 America/New_York');
    const other = await john(sandbox, '/remind me release:ballerina/release/theatrical/cz');
    expect(other).toContain('at 09:00 America/New_York');
    expect(other).not.toContain('time zone yet');
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect((await sent(sandbox)).map((message) => message.slice(0, 17))).toEqual([
      '2025-06-05T13:00Z',
      '2025-06-06T13:00Z',
    ]);
  });

  test('keeps the time zone and reminders of each person separate', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:Europe/Berlin`);
    expect(await said(sandbox, '/remind list', { context: 'dm' })).toContain('no reminders yet');
    expect(await said(sandbox, `/remind me ${US}`, { context: 'dm' })).toContain('at 09:00 UTC');
    const { choices } = await sandbox.autocomplete({ text: '/remind stop reminder:', ...DM });
    expect(choices).toHaveLength(1);
  });

  test('writes dates in the language of the sentence', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:Europe/Berlin`, { ...DM, locale: 'de' });
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect((await sent(sandbox))[0]).toContain('**June 6, 2025**');
  });

  test('follows a date that moves and announces the change once', async () => {
    const sandbox = await botAt('2024-01-20T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:Europe/Berlin`);
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect(await sent(sandbox)).toEqual([
      expect.stringMatching(/^2024-02-22T08:00Z \*Ballerina\* has moved from June 7, 2024/),
      expect.stringMatching(/^2025-06-06T07:00Z Today is the day/),
    ]);
  });

  test('refuses a duplicate reminder and sends each message once', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:UTC`);
    expect(await john(sandbox, `/remind me ${US}`)).toMatch(/^You already have that reminder: Ballerina/);
    expect(await john(sandbox, `/remind me ${US} time:10:00`)).toContain('Reminder changed');
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect(await sent(sandbox)).toHaveLength(1);
    expect((await sent(sandbox))[0]).toContain('2025-06-06T10:00Z');
  });

  test('refuses unknown releases, zones, milestones and times with the reason', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    expect(await john(sandbox, '/remind me release:Balerina')).toContain(
      'I don’t know a release called “Balerina”',
    );
    expect(await john(sandbox, `/remind me ${US} timezone:Mars`)).toContain(
      'I don’t know the time zone “Mars”',
    );
    expect(await john(sandbox, `/remind me ${US} milestones:soon`)).toContain('`30,7,1,0`');
    expect(await john(sandbox, `/remind me ${US} time:noonish`)).toContain(
      'I couldn’t read “noonish” as a time',
    );
    expect(await john(sandbox, '/remind list')).toContain('no reminders yet');
  });

  test('accepts ten reminders per person and refuses the next', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    const { choices = [] } = await sandbox.autocomplete({ text: '/remind me release:', ...DM });
    expect(choices.length).toBeGreaterThan(11);
    for (const { value } of choices.slice(0, 10)) {
      expect(await john(sandbox, `/remind me release:${value}`)).toContain('Reminder set');
    }
    expect(await john(sandbox, `/remind me release:${choices[10]?.value}`)).toBe(
      'You have 10 reminders, the maximum. Stop one with `/remind stop` first.',
    );
    expect(await john(sandbox, '/remind list')).toContain('Your reminders (10 of 10)');
  });

  test('reports closed direct messages at once and stores nothing', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await sandbox.faults([{ route: 'POST /users/@me/channels', does: { status: 403, code: 50278 } }]);
    expect(await john(sandbox, `/remind me ${US}`)).toMatch(CLOSED);
    await sandbox.faults([{ route: 'POST /users/@me/channels', does: { status: 403, code: 50007 } }]);
    expect(await john(sandbox, `/remind me ${US}`)).toMatch(CLOSED);
    await sandbox.faults([{ route: 'POST /users/@me/channels', does: { status: 503 } }]);
    expect(await john(sandbox, `/remind me ${US}`)).toContain('try again in a minute');
    expect(await john(sandbox, '/remind list')).toContain('no reminders yet');
  });
});

describe('closed direct messages', () => {
  async function closedOnTheDay(): Promise<Sandbox> {
    const sandbox = await botAt('2025-06-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} milestones:1,0 timezone:UTC`);
    await sandbox.world({ closeDirect: 'john' });
    await sandbox.turn('2025-06-06T12:00:00Z');
    expect(await sandbox.directs('john')).toEqual([]);
    return sandbox;
  }

  test('pause the reminders after a single request', async () => {
    const sandbox = await closedOnTheDay();
    const requests = (await sandbox.counters()).requests['POST /channels/:id/messages'] ?? 0;
    await sandbox.turn('2025-06-07T12:00:00Z');
    expect((await sandbox.counters()).requests['POST /channels/:id/messages'] ?? 0).toBe(requests);
    expect((await sandbox.counters()).invalid).toBe(1);
  });

  test('are shown by /remind list, which resumes the reminders', async () => {
    const sandbox = await closedOnTheDay();
    await sandbox.world({ openDirect: 'john' });
    expect(await john(sandbox, '/remind list', { user: 'john' })).toContain('I couldn’t DM you');
    await sandbox.turn('2025-06-06T13:00:00Z');
    expect(await sent(sandbox)).toEqual([expect.stringMatching(/^2025-06-06T12:00Z Today is the day/)]);
    expect(await john(sandbox, '/remind list')).not.toContain('couldn’t DM');
  });

  test('pause the reminders again if they are still closed', async () => {
    const sandbox = await closedOnTheDay();
    await john(sandbox, '/remind list', { user: 'john' });
    await sandbox.turn('2025-06-06T13:00:00Z');
    expect((await sandbox.counters()).invalid).toBe(2);
    expect(await john(sandbox, '/remind list', { user: 'john' })).toContain('I couldn’t DM you');
  });

  test('are retried after any use of /remind', async () => {
    const sandbox = await closedOnTheDay();
    await sandbox.world({ openDirect: 'john' });
    await john(sandbox, '/remind stop reminder:nothing of the kind');
    await sandbox.turn('2025-06-06T13:00:00Z');
    expect(await sent(sandbox)).toHaveLength(1);
  });

  test.each([50001, 50013, 10003])('are not assumed after a single refusal with code %i', async (code) => {
    const sandbox = await botAt('2025-06-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:UTC`, { user: 'john' });
    await sandbox.faults([{ route: 'POST /channels/*/messages', does: { status: 403, code } }]);
    await sandbox.turn('2025-06-06T12:00:00Z');
    expect(await sent(sandbox)).toEqual([expect.stringMatching(/^2025-06-06T09:00Z Today is the day/)]);
  });

  test('also pause the reminders when no server is shared any more', async () => {
    const sandbox = await botAt('2025-06-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:UTC`, { user: 'john' });
    await sandbox.world({ removeBot: 'The Continental' });
    await sandbox.turn('2025-06-07T12:00:00Z');
    expect(await sandbox.directs('john')).toEqual([]);
    expect((await sandbox.counters()).invalid).toBe(1);
  });
});

describe('/remind list', () => {
  test('shows each reminder with its next message', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} milestones:7,0 timezone:Europe/Berlin`);
    await john(sandbox, '/remind me release:caine/release/theatrical/us');
    const list = await john(sandbox, '/remind list');
    expect(list).toContain('Your reminders (2 of 10)');
    expect(list).toContain('Next: 7 days left');
    expect(list).toContain('I’ll DM you once a date is announced');
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect(await john(sandbox, '/remind list')).toContain('Finished. Everything was sent.');
  });
});

describe('/remind stop', () => {
  test('stops only the chosen reminder', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await john(sandbox, `/remind me ${US} timezone:UTC`);
    await john(sandbox, '/remind me release:ballerina/release/theatrical/cz');
    const { choices = [] } = await sandbox.autocomplete({ text: '/remind stop reminder:czechia', ...DM });
    expect(choices.map(({ name }) => name)).toEqual(['Ballerina (Cinemas, Czechia)']);
    expect(await john(sandbox, `/remind stop reminder:${choices[0]?.value}`)).toBe(
      'Stopped: Ballerina (Cinemas, Czechia). I won’t DM you about it any more.',
    );
    await sandbox.turn('2025-06-10T00:00:00Z');
    expect((await sent(sandbox)).map((message) => message.slice(0, 17))).toEqual(['2025-06-06T09:00Z']);
  });

  test('accepts a name and refuses a name that fits several reminders', async () => {
    const sandbox = await botAt('2025-05-01T12:00:00Z');
    await john(sandbox, `/remind me ${US}`);
    await john(sandbox, '/remind me release:ballerina/release/theatrical/cz');
    expect(await john(sandbox, '/remind stop reminder:Ballerina')).toContain(
      'None of your reminders matches',
    );
    expect(await john(sandbox, '/remind stop reminder:united states')).toContain('Stopped: Ballerina');
  });
});

test('a reminder with a lost response is not sent again after the bot is killed', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt('2025-06-01T12:00:00Z', { state });
  await john(sandbox, `/remind me ${US} timezone:UTC`);
  await sandbox.faults([{ route: 'POST /channels/*/messages', does: { reset: true, when: 'after' } }]);
  await sandbox.turn('2025-06-06T09:00:01Z');
  await sandbox.kill();
  const back = await botAt('2025-06-06T11:00:00Z', { state });
  await back.turn('2025-06-08T00:00:00Z');
  expect(await sent(back)).toHaveLength(1);
});
