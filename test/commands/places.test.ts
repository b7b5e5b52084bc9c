import { describe, expect, test } from 'vitest';
import { buttonsIn, embedIn, press, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();

const PLACES = {
  'a server': {},
  'the bot’s direct messages': { context: 'dm' },
  'a private channel': { context: 'private' },
  'a server of one who installed the bot for themselves': { install: 'user' },
} as const;

describe.each(Object.entries(PLACES))('in %s', (_, place) => {
  test.each(['/ballerina release', '/wick timeline'])('%s answers, and its buttons too', async (text) => {
    const answer = await sandbox().command({ text, ...place });
    expect(embedIn(answer)).toEqual(embedIn(await sandbox().command(text)));
    const [button] = buttonsIn(answer);
    expect(embedIn(await press(sandbox(), answer, button?.label ?? '')).title).toBeTruthy();
  });
});

describe('/countdown', () => {
  test.each([{ context: 'dm' }, { context: 'private' }, { install: 'user' }] as const)(
    'is not to be had with %j',
    async (place) => {
      const { error, reply } = await sandbox().command({ text: '/countdown list', ...place });
      expect(reply).toBeUndefined();
      expect(error).toMatch(/^\/countdown (cannot be used|is not available)/);
    },
  );

  test('is not for members who may not manage the server', async () => {
    const { error } = await sandbox().command({ text: '/countdown list', user: 'john' });
    expect(error).toBe('You do not have permission to use /countdown');
  });

  test('is for those who may', async () => {
    expect((await sandbox().command('/countdown list')).reply?.content).toContain('no countdowns yet');
  });
});

describe('a reader of another locale', () => {
  const german = (text: string) => sandbox().command({ text, locale: 'de' });

  test('reads dates as at home', async () => {
    const answer = await german('/ballerina release');
    expect(embedIn(answer).description).toContain('**6. Juni 2025**');
    expect(embedIn(answer).footer?.text).toContain('Known since 6. Juni 2025');
  });

  test('reads them so in refusals', async () => {
    expect((await german('/ballerina release as_of:2030-01-01')).reply?.content).toContain('1. Januar 2030');
  });

  test('reads them so after pressing a button, whatever the locale of who asked', async () => {
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
