import { expect, test } from 'vitest';
import { createLogger } from '../../src/ops/logger.ts';
import { added, botAt, said } from '../commands/countdown/support.ts';

const TOKEN = 'a-token-of-the-bot';
const RELEASE = 'release:ballerina/release/theatrical/us';
const WHEN = 'time:13:00 timezone:UTC milestones:1';
/** What a page says, which does not belong in the log. */
const PAGE = 'This page is in the way';
/** The requests that fail: each kind that the bot makes, but for the start. */
const ROUTES = [
  'POST /channels/*/messages',
  'POST /channels/*/messages/*/crosspost',
  'POST /users/@me/channels',
  '* /guilds/*/scheduled-events*',
  'POST /interactions/*/*/callback',
  'GET /channels/*',
];

test.each([
  ['Discord’s JSON', { status: 403, code: 50013 }],
  ['Discord’s JSON with 400', { status: 400, code: 50035 }],
  ['JSON without a code', { status: 403, code: null }],
  ['a page of HTML', { status: 403, html: true, message: PAGE }],
  ['a page of HTML with 502', { status: 502, html: true, message: PAGE }],
  ['no body', { status: 404, empty: true }],
  ['JSON that is cut short', { status: 403, cut: true }],
  ['a stray 401', { status: 401 }],
] as const)(
  'no line of the log has a token or an answer where requests are answered with %s',
  async (name, does) => {
    const lines: string[] = [];
    const config = { logLevel: 'debug', token: TOKEN, database: { kind: 'sqlite', path: 'x' } } as const;
    const log = createLogger(config, { write: (line) => void lines.push(line) });
    const sandbox = await botAt('2025-06-05T12:00:00Z', { log, env: { DISCORD_TOKEN: TOKEN } });
    await sandbox.world({ addChannel: { name: 'news', type: 'announcement' } });
    await added(sandbox, `${RELEASE} ${WHEN} channel:releases`);
    await added(sandbox, `${RELEASE} ${WHEN} channel:news`);
    await said(sandbox, `/remind me ${RELEASE} ${WHEN}`, { user: 'john' });
    await said(sandbox, `/countdown event release:ballerina/release/theatrical/it`);

    await sandbox.faults(ROUTES.map((route) => ({ route, times: 'always' as const, does })));
    void sandbox.command('/ballerina release').catch(() => {});
    await expect.poll(() => lines.join('')).toContain('could not answer an interaction');
    await sandbox.turn('2025-06-05T13:01:00Z');
    // Only publishing fails from here on.
    await sandbox.faults([{ route: ROUTES[1] ?? '', times: 'always', does }]);
    await sandbox.turn('2025-06-05T15:00:00Z');
    const text = lines.join('');
    expect(text).toMatch(/post failed|channel refused|post rejected|refusal not confirmed/);
    for (const secret of [
      TOKEN,
      'aW50ZXJhY3Rpb246',
      PAGE,
      'DOCTYPE',
      '<h1>',
      'requestBody',
      'rawError',
      'Cinemas',
    ]) {
      expect(text, name).not.toContain(secret);
    }
  },
);
