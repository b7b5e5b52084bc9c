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

test('a token is enough', () => {
  expect(parseConfig(TOKEN)).toEqual({
    token: 'x',
    apiUrl: 'https://discord.com/api',
    database: { kind: 'sqlite', path: 'concierge.sqlite' },
    logLevel: 'info',
    startAt: undefined,
    dataFolder: 'data',
  });
});

test('every value can be given', () => {
  const config = parseConfig({
    DISCORD_TOKEN: 'x',
    DISCORD_API_URL: 'http://127.0.0.1:4570/api/',
    DATABASE_URL: 'sqlite:/tmp/a b.sqlite',
    LOG_LEVEL: 'debug',
    CONCIERGE_NOW: '2024-01-20T12:00:00Z',
    CONCIERGE_DATA: 'elsewhere',
  });
  expect(config).toMatchObject({
    apiUrl: 'http://127.0.0.1:4570/api',
    database: { kind: 'sqlite', path: '/tmp/a b.sqlite' },
    logLevel: 'debug',
    dataFolder: 'elsewhere',
  });
  expect(String(config.startAt)).toBe('2024-01-20T12:00:00Z');
});

test('an empty value counts as none, as in a copied .env.example', () => {
  const empty = {
    DISCORD_API_URL: '',
    DATABASE_URL: ' ',
    LOG_LEVEL: '',
    CONCIERGE_NOW: '',
    CONCIERGE_DATA: '',
  };
  expect(parseConfig({ ...TOKEN, ...empty })).toEqual(parseConfig(TOKEN));
  expect(refusals({ DISCORD_TOKEN: ' ' })).toEqual(refusals({}));
});

describe('a value that cannot be used is refused with one sentence that names it', () => {
  test.each([
    ['DISCORD_API_URL', 'discord.com'],
    ['DISCORD_API_URL', 'ftp://discord.com/api'],
    ['DATABASE_URL', 'concierge.sqlite'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'mysql://localhost/x'],
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

test('no refusal repeats the token', () => {
  expect(refusals({ DISCORD_TOKEN: 'secret-token', LOG_LEVEL: 'loud' }).join()).not.toContain('secret');
});
