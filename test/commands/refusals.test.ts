import { describe, expect, test } from 'vitest';
import { componentTexts } from '../../scripts/answer-text.ts';
import { sandboxOfFile } from '../support.ts';

const sandbox = sandboxOfFile();

const HOSTILE = [
  '@everyone',
  '<@123456789012345678>',
  '**bold** `code` ||hidden||',
  '[a](https://b.c)',
  '\u202egnirts',
];

/** Markdown and mentions that would still act: neither behind a backslash nor inside code. */
function live(text: string): string[] {
  return (
    text.replace(/(?<!\\)`[^`]*`/g, '').match(/(?<!\\)(\*\*|\|\||`|<[@#:]|@everyone|@here|\]\(|https?:)/g) ??
    []
  );
}

describe('an invalid as_of', () => {
  test.each([
    'yesterday',
    '2024-02-30',
    '2024-13-01',
    '2024-1-2',
    '20.01.2024',
    '🎬',
    'x'.repeat(100),
    ...HOSTILE,
  ])('as_of:%s is privately refused with the reason', async (day) => {
    const { error, ephemeral, reply } = await sandbox().command(`/ballerina release as_of:${day}`);
    expect(error).toBeUndefined();
    expect(ephemeral).toBe(true);
    expect(reply?.embeds).toEqual([]);
    expect(reply?.content).toMatch(
      /^I couldn’t read “.*” as a date for `as_of`\. Use YYYY-MM-DD, for example `2026-11-22`/s,
    );
    expect(reply?.content).toContain('You typed: `/ballerina release as_of:');
    expect(live(reply?.content ?? '')).toEqual([]);
  });

  test.each(['2026-11-23', '2030-01-01', '9999-12-31'])(
    'the future day %s is privately refused',
    async (day) => {
      const { ephemeral, reply } = await sandbox().command(`/ballerina release as_of:${day}`);
      expect(ephemeral).toBe(true);
      expect(reply?.content).toMatch(
        /^`as_of` must be today \(November 22, 2026\) or earlier, not \w+ \d+, \d{4}\.$/,
      );
    },
  );

  test('a day of more than 100 characters is refused by Discord', async () => {
    const { error } = await sandbox().command(`/ballerina release as_of:${'1'.repeat(101)}`);
    expect(error).toMatch(/100 or fewer/);
  });
});

describe('hostile text in an option', () => {
  test.each(
    [...HOSTILE, '🎬', '%', '{x}', '$x', '__proto__', 'constructor', '\u0000', "'; --"].flatMap((typed) => [
      `/ballerina cast person:${typed}`,
      `/ballerina release region:${typed}`,
      `/wick film title:${typed}`,
    ]),
  )('%s is answered without active markdown or mentions', async (question) => {
    const { error, reply } = await sandbox().command(question);
    expect(error).toBeUndefined();
    expect(reply?.content).not.toContain('Something went wrong');
    const shown = componentTexts(reply?.components ?? [])
      .join('\n')
      .replace(/^(### |-# |- )/gm, '');
    expect(shown || reply?.content).toBeTruthy();
    expect(live(shown.replace(/\*\*[^*]+\*\*/g, ''))).toEqual([]);
  });

  test('mentions in an option ping nobody', async () => {
    await sandbox().command('/wick film title:@everyone <@&123456789012345678>');
    const messages = await sandbox().messages('general');
    expect(messages.length).toBeGreaterThan(0);
    for (const { mentions } of messages) expect(mentions).toEqual({ users: [], roles: [], everyone: false });
  });
});

test('/wick timeline refuses an unknown order', async () => {
  expect((await sandbox().command('/wick timeline order:sideways')).error).toMatch(/Must be one of/);
});
