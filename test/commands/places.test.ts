import { describe, expect, test } from 'vitest';
import { buttonsIn, leadIn, press, sandboxOfFile, sourceLineIn, titleIn } from '../support.ts';

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
    expect(answer.reply?.components).toEqual((await sandbox().command(text)).reply?.components);
    const [button] = buttonsIn(answer);
    expect(titleIn(await press(sandbox(), answer, button?.label ?? ''))).toBeTruthy();
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

describe('answers to a reader whose language has no catalogue', () => {
  const german = (text: string) => sandbox().command({ text, locale: 'de' });

  test('are in English as a whole, dates included', async () => {
    const answer = await german('/ballerina release');
    expect(leadIn(answer)).toContain('**June 6, 2025**');
    expect(sourceLineIn(answer)).toContain('Jun 5, 2025');
  });

  test('are in English when refusing', async () => {
    expect((await german('/ballerina release as_of:2030-01-01')).reply?.content).toContain('January 1, 2030');
  });

  test('write dates as the variant of English that the reader has', async () => {
    const answer = await sandbox().command({ text: '/ballerina release', locale: 'en-GB' });
    expect(leadIn(answer)).toContain('**6 June 2025**');
  });

  test('follow the locale of whoever presses a button', async () => {
    const answer = await sandbox().command('/ballerina cast');
    const button = buttonsIn(answer).find(({ label }) => label === 'Keanu Reeves');
    const next = await sandbox().click({
      message: answer.reply?.id ?? '',
      customId: button?.customId ?? '',
      locale: 'en-GB',
    });
    expect(sourceLineIn(next)).toMatch(/\d June? 202\d/);
  });
});
