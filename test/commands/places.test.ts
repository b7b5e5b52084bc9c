import { describe, expect, test } from 'vitest';
import { buttonsIn, embedIn, press, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();

const PLACES = {
  'a server': {},
  'the bot’s direct messages': { context: 'dm' },
  'a private channel': { context: 'private' },
  'a server through a user installation': { install: 'user' },
} as const;

describe.each(Object.entries(PLACES))('commands in %s', (_, place) => {
  test.each(['/ballerina release', '/wick timeline'])('%s and its buttons answer', async (text) => {
    const answer = await sandbox().command({ text, ...place });
    expect(embedIn(answer)).toEqual(embedIn(await sandbox().command(text)));
    const [button] = buttonsIn(answer);
    expect(embedIn(await press(sandbox(), answer, button?.label ?? '')).title).toBeTruthy();
  });
});

describe('/countdown', () => {
  test.each([{ context: 'dm' }, { context: 'private' }, { install: 'user' }] as const)(
    'is not available with %j',
    async (place) => {
      const { error, reply } = await sandbox().command({ text: '/countdown list', ...place });
      expect(reply).toBeUndefined();
      expect(error).toMatch(/^\/countdown (cannot be used|is not available)/);
    },
  );

  test('refuses a member who may not manage the server', async () => {
    const { error } = await sandbox().command({ text: '/countdown list', user: 'john' });
    expect(error).toBe('You do not have permission to use /countdown');
  });

  test('answers a member who may manage the server', async () => {
    expect((await sandbox().command('/countdown list')).reply?.content).toContain('no countdowns yet');
  });
});

describe('answers to a reader with another locale', () => {
  const german = (text: string) => sandbox().command({ text, locale: 'de' });

  test('show dates in that locale', async () => {
    const answer = await german('/ballerina release');
    expect(embedIn(answer).description).toContain('**6. Juni 2025**');
    expect(embedIn(answer).footer?.text).toContain('Known since 6. Juni 2025');
  });

  test('show dates in that locale when refusing', async () => {
    expect((await german('/ballerina release as_of:2030-01-01')).reply?.content).toContain('1. Januar 2030');
  });

  test('show dates in the locale of whoever presses a button', async () => {
    const answer = await sandbox().command('/ballerina cast');
    const [button] = buttonsIn(answer);
    const next = await sandbox().click({
      message: answer.reply?.id ?? '',
      customId: button?.customId ?? '',
      locale: 'de',
    });
    expect(textIn(next)).toMatch(/\d\. (Juni|März|Mai) 202\d/);
  });
});
