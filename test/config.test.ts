import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';

const TOKEN = { DISCORD_TOKEN: 'x' };

/** The sentences with which an environment is refused. */
function refusals(env: Record<string, string>): string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('a configuration with only a token has defaults for everything else', () => {
  expect(parseConfig(TOKEN)).toEqual({
    token: 'x',
    apiUrl: 'https://discord.com/api',
    database: { kind: 'sqlite', path: 'concierge.sqlite' },
    interactions: 'gateway',
    endpoint: { host: '127.0.0.1', port: 8080 },
    publicKey: undefined,
    shards: undefined,
    presence: true,
    role: 'all',
    ops: undefined,
    postsPerSecond: 45,
    logLevel: 'info',
    startAt: undefined,
    dataFolder: 'data',
  });
});

test.each([
  ['quotation marks', '"abc.def-g_h"'],
  ['single quotation marks', "'abc.def-g_h'"],
  ['spaces and a newline', '  abc.def-g_h\n'],
  ['a byte order mark', '\uFEFFabc.def-g_h'],
  ['the prefix Bot', 'Bot abc.def-g_h'],
  ['all of them', '\uFEFF "Bot abc.def-g_h" \r\n'],
])('a token with %s is cleaned', (_, token) => {
  expect(parseConfig({ DISCORD_TOKEN: token }).token).toBe('abc.def-g_h');
});

test.each(['abc def', 'abc\ndef', '"', 'Bot Bot abc', 'töken'])('the token %j is refused', (token) => {
  const sentences = refusals({ DISCORD_TOKEN: token });
  expect(sentences).toEqual([expect.stringMatching(/^DISCORD_TOKEN .+\.$/)]);
});

test('every value of the configuration can be set', () => {
  const config = parseConfig({
    DISCORD_TOKEN: 'x',
    DISCORD_API_URL: 'http://127.0.0.1:4570/api/',
    DATABASE_URL: 'postgres://bot:p%40ss@database:5432/concierge',
    INTERACTIONS: 'http',
    HTTP_HOST: '0.0.0.0',
    HTTP_PORT: '8443',
    DISCORD_PUBLIC_KEY: 'Ab'.repeat(32),
    SHARDS: '0-2,5',
    SHARD_COUNT: '16',
    PRESENCE: 'off',
    ROLE: 'answer',
    OPS_HOST: '::1',
    OPS_PORT: '9090',
    POSTS_PER_SECOND: '12.5',
    LOG_LEVEL: 'debug',
    CONCIERGE_NOW: '2024-01-20T12:00:00Z',
    CONCIERGE_DATA: 'elsewhere',
  });
  expect(config).toEqual({
    token: 'x',
    apiUrl: 'http://127.0.0.1:4570/api',
    database: { kind: 'postgres', url: 'postgres://bot:p%40ss@database:5432/concierge' },
    interactions: 'http',
    endpoint: { host: '0.0.0.0', port: 8443 },
    publicKey: 'Ab'.repeat(32),
    shards: { ids: [0, 1, 2, 5], count: 16 },
    presence: false,
    role: 'answer',
    ops: { host: '::1', port: 9090 },
    postsPerSecond: 12.5,
    logLevel: 'debug',
    startAt: Temporal.Instant.from('2024-01-20T12:00:00Z'),
    dataFolder: 'elsewhere',
  });
});

test('a database file can have spaces in its name', () => {
  const { database } = parseConfig({ ...TOKEN, DATABASE_URL: 'sqlite:/tmp/a b.sqlite' });
  expect(database).toEqual({ kind: 'sqlite', path: '/tmp/a b.sqlite' });
});

test.each([
  'postgresql://database/concierge',
  'postgres://bot@database',
  'postgres:///concierge?host=/run/postgresql',
  'postgres://bot:p@[::1]:5432/concierge?sslmode=require',
])('the address %s is accepted as a database', (url) => {
  expect(parseConfig({ ...TOKEN, DATABASE_URL: url }).database).toEqual({ kind: 'postgres', url });
});

describe('shards', () => {
  test('a shard count alone runs all shards', () => {
    expect(parseConfig({ ...TOKEN, SHARD_COUNT: '3' }).shards).toEqual({ ids: [0, 1, 2], count: 3 });
  });

  test('each shard is run once, even if it is named twice', () => {
    const { shards } = parseConfig({ ...TOKEN, SHARDS: '1,0-2,2', SHARD_COUNT: '4' });
    expect(shards).toEqual({ ids: [1, 0, 2], count: 4 });
  });

  test.each([
    ['without the count', { SHARDS: '0' }],
    ['beyond the count', { SHARDS: '0-4', SHARD_COUNT: '4' }],
    ['backwards', { SHARDS: '3-1', SHARD_COUNT: '4' }],
    ['without an end', { SHARDS: '0-', SHARD_COUNT: '4' }],
    ['by the billion', { SHARDS: '0-9999999999', SHARD_COUNT: '4' }],
    ['as a word', { SHARDS: 'all' }],
    ['of none', { SHARD_COUNT: '0' }],
    ['of a half', { SHARD_COUNT: '2.5' }],
    ['of a word', { SHARD_COUNT: 'four' }],
    ['of billions', { SHARD_COUNT: '9999999999' }],
  ])('shards %s are refused with one sentence', (_, env: Record<string, string>) => {
    const sentences = refusals({ ...TOKEN, ...env });
    expect(sentences).toEqual([expect.stringMatching(/^SHARD(S|_COUNT) .+\.$/)]);
  });
});

describe('roles', () => {
  test.each(['answer', 'deliver'])('the role %s needs a database that processes can share', (role) => {
    expect(refusals({ ...TOKEN, ROLE: role })).toEqual([
      `ROLE=${role} needs a database that processes can share: set DATABASE_URL=postgres://…, or leave ROLE out.`,
    ]);
    const shared = { DATABASE_URL: 'postgres://database/concierge' };
    expect(parseConfig({ ...TOKEN, ...shared, ROLE: role }).role).toBe(role);
  });
});

test('an empty value counts as missing, as in a copied .env.example', () => {
  const names = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(15);
  const empty = Object.fromEntries(names.map((name) => [name, ' ']));
  expect(parseConfig({ ...empty, ...TOKEN })).toEqual(parseConfig(TOKEN));
  expect(refusals({ DISCORD_TOKEN: ' ' })).toEqual(refusals({}));
});

test('.env.example shows each name, and the default where there is one', () => {
  const shown = [...readFileSync('.env.example', 'utf8').matchAll(/^#([A-Z_]+)=(.*)$/gm)];
  const env = Object.fromEntries(shown.map(([, name, value]) => [name, value]));
  const { SHARDS, SHARD_COUNT, OPS_PORT, MAX_ERASED_AT_ONCE, CONCIERGE_NOW, ...defaults } = env;
  const others = { SHARDS, SHARD_COUNT, OPS_PORT, MAX_ERASED_AT_ONCE, CONCIERGE_NOW };
  expect(parseConfig({ ...TOKEN, ...defaults })).toEqual(parseConfig(TOKEN));
  expect(parseConfig({ ...TOKEN, ...others })).not.toEqual(parseConfig(TOKEN));
});

describe('a value that cannot be used is refused with one sentence that names it', () => {
  test.each([
    ['DISCORD_API_URL', 'discord.com'],
    ['DISCORD_API_URL', 'ftp://discord.com/api'],
    ['DATABASE_URL', 'concierge.sqlite'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'postgres://'],
    ['DATABASE_URL', 'postgres://bot:pa#ss@database/concierge'],
    ['DATABASE_URL', 'postgres://bot:100%@database/concierge'],
    ['INTERACTIONS', 'webhook'],
    ['HTTP_PORT', '65536'],
    ['HTTP_PORT', 'http'],
    ['DISCORD_PUBLIC_KEY', 'abc'],
    ['DISCORD_PUBLIC_KEY', 'x'.repeat(64)],
    ['ROLE', 'some'],
    ['OPS_PORT', '-1'],
    ['OPS_PORT', '90.5'],
    ['POSTS_PER_SECOND', '0'],
    ['POSTS_PER_SECOND', '51'],
    ['POSTS_PER_SECOND', 'many'],
    ['LOG_LEVEL', 'loud'],
    ['CONCIERGE_NOW', '2024-01-20'],
    ['CONCIERGE_NOW', 'yesterday'],
    ['CONCIERGE_NOW', '2024-02-30T00:00:00Z'],
  ])('%s=%s', (name, value) => {
    const sentences = refusals({ ...TOKEN, [name]: value });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(new RegExp(`^${name} .+\\.$`));
  });
});

test('no refusal repeats the token, or the password of the database', () => {
  const env = {
    DISCORD_TOKEN: 'secret-token',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'postgres://bot:secret#@h/d',
  };
  expect(refusals(env)).toHaveLength(2);
  expect(refusals(env).join()).not.toContain('secret');
});
