import { DiscordAPIError } from '@discordjs/rest';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { createLogger } from '../../src/ops/logger.ts';

const TOKEN = 'MTE5.Gx4k.a-token-of-the-bot';
const PASSWORD = 'p@ss"word+1';
const URL_PASSWORD = encodeURIComponent(PASSWORD);
const INTERACTION_TOKEN = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5';

/** A log, and the lines that it wrote. */
function log(env: Record<string, string> = {}) {
  const lines: string[] = [];
  const config = parseConfig({
    DISCORD_TOKEN: TOKEN,
    DATABASE_URL: `postgres://bot:${URL_PASSWORD}@127.0.0.1:5432/concierge`,
    ...env,
  });
  return { log: createLogger(config, { write: (line) => void lines.push(line) }), lines };
}

const refused = new DiscordAPIError(
  { code: 10062, message: 'Unknown interaction' },
  10062,
  404,
  'POST',
  `https://discord.com/api/v10/interactions/1234567890/${INTERACTION_TOKEN}/callback`,
  { body: { content: 'what someone asked' }, files: [] },
);

test('a log entry is one line of JSON with ids', () => {
  const { log: logger, lines } = log();
  logger.info({ key: 'a/1', channel: '100000000000000001' }, 'posted\nand more');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]*\n$/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 30,
    key: 'a/1',
    channel: '100000000000000001',
    msg: 'posted\nand more',
  });
});

describe('the log hides secrets in', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a field', { token: TOKEN }],
    [
      'an interaction token in a text',
      { text: `sent ${Buffer.from(`interaction:1:${TOKEN}`).toString('base64')} twice` },
    ],
    ['a webhook token in a path', { url: `/webhooks/123/${TOKEN}x/messages/@original?wait=true` }],
    ['a whole answer', { err: Object.assign(new Error('x'), { rawError: { content: TOKEN } }) }],
    ['deep down', { request: { headers: [{ authorization: `Bot ${TOKEN}` }] } }],
    ['an error', { err: new Error(`401 for Bot ${TOKEN}`) }],
    ['its cause', { err: new Error('no database', { cause: new Error(`no ${PASSWORD} here`) }) }],
    [
      'a field of an error',
      { err: Object.assign(new Error('no'), { input: `postgres://bot:${URL_PASSWORD}@h` }) },
    ],
    ['an interaction that could not be answered', { err: refused }],
    ['a follow-up', { err: { url: `/webhooks/1234567890/${INTERACTION_TOKEN}/messages/@original` } }],
    ['a follow-up with a query', { url: `/webhooks/1234567890/${INTERACTION_TOKEN}?wait=true` }],
  ])('%s', (_, fields) => {
    const { log: logger, lines } = log();
    logger.error(fields, `the token is ${TOKEN}`);
    const text = lines.join('');
    for (const secret of [
      TOKEN,
      PASSWORD,
      JSON.stringify(PASSWORD).slice(1, -1),
      URL_PASSWORD,
      INTERACTION_TOKEN,
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('[hidden]');
    expect(() => JSON.parse(text)).not.toThrow();
  });
});

test('the log of a rejected response has its code, not the text that people wrote', () => {
  const { log: logger, lines } = log();
  logger.error({ err: refused }, 'an interaction could not be answered');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: {
      code: 10062,
      status: 404,
      url: 'https://discord.com/api/v10/interactions/1234567890/[hidden]/callback',
    },
  });
  logger.error({ err: new AggregateError([refused], 'several') }, 'several could not be answered');
  expect(lines.join('')).not.toContain('what someone asked');
});

test.each([
  ['postgres://bot:se@cret-1@h/d', 'se@cret-1'],
  ['postgres://bot:se%2Fcret-1@h/d', 'se/cret-1'],
  ['postgres://h/d?user=bot&password=se-cret-1', 'se-cret-1'],
  ['postgres://h/d?user=bot&password=se%2Fcret-1', 'se%2Fcret-1'],
])('a password is hidden however its address is written: %s', (url, password) => {
  const { log: logger, lines } = log({ DATABASE_URL: url });
  logger.error({ err: new Error(`tried ${password}`) }, url);
  expect(lines.join('')).not.toContain(password);
});

test('a token of one letter, as in the sandbox, is not masked', () => {
  const { log: logger, lines } = log({ DISCORD_TOKEN: 'e', DATABASE_URL: 'sqlite:x' });
  logger.info('ready');
  expect(lines.join('')).toContain('"ready"');
});

test('entries below the log level are not written', () => {
  const { log: logger, lines } = log({ LOG_LEVEL: 'warn' });
  logger.info('ready');
  expect(lines).toEqual([]);
});
