import { describe, expect, test } from 'vitest';
import {
  ARTICLE_DAY,
  buttonsIn,
  leadIn,
  partOf,
  press,
  sandboxOfFile,
  sourceLineIn,
  textIn,
  titleIn,
} from '../support.ts';

const sandbox = sandboxOfFile();
const labelsOf = async (text: string) => buttonsIn(await sandbox().command(text)).map(({ label }) => label);

describe('the button "Sources"', () => {
  test('privately links every source that has an address, with its day and what it is for', async () => {
    const answer = await sandbox().command('/ballerina release');
    const shown = await press(sandbox(), answer, 'Sources');
    expect(shown.ephemeral).toBe(true);
    expect(titleIn(shown)).toMatch(/^Ballerina · Release · Sources/);
    const lines = (await partOf(sandbox(), answer, 'Sources'))
      .split('\n')
      .filter((line) => line.startsWith('- '));
    const more = Number(/(\d+) more$/.exec(sourceLineIn(answer))?.[1]);
    expect(lines).toHaveLength(more + 1);
    for (const line of lines)
      expect(line).toMatch(/^- (\[[^\]]+\]\(https:\/\/[^\s()]+\)|[^[]+), (undated|.*\d{4}) – \S/);
    expect(lines[0]).toContain('Cinemas, United States');
  });

  test('names first the source that the answer names', async () => {
    const answer = await sandbox().command('/ballerina director');
    const [, publisher, day] = /^-# (.+), (\w{3} \d+, \d{4})/.exec(sourceLineIn(answer)) ?? [];
    expect(await partOf(sandbox(), answer, 'Sources')).toMatch(
      new RegExp(`\\[${publisher}\\]\\(https://\\S+\\), ${day}`),
    );
  });
});

describe('the button "History"', () => {
  test('shows what was said before, oldest first, and what was wrong apart from what moved', async () => {
    const text = await partOf(sandbox(), await sandbox().command('/ballerina setting'), 'History');
    const [said = '', wrong = ''] = text.split('**Reported wrongly**');
    expect(wrong).not.toBe('');
    for (const part of [said, wrong]) {
      const days = [...part.matchAll(/^- (\w{3} \d+, \d{4}) – /gm)].map(([, day]) => Date.parse(day ?? ''));
      expect(days).toEqual(days.toSorted((a, b) => a - b));
    }
  });

  test('is missing where nothing was said before, and an answer that moved says so itself', async () => {
    expect(await labelsOf('/ballerina producers')).not.toContain('History');
    const answer = await sandbox().command('/ballerina release');
    expect(leadIn(answer)).toContain('Moved from June 7, 2024.');
    expect(leadIn(await sandbox().command(`/ballerina release as_of:${ARTICLE_DAY}`))).not.toContain('Moved');
  });
});

describe('the button "More"', () => {
  test('shows page by page what the answer leaves out, below the answer', async () => {
    const answer = await sandbox().command('/wick film title:ballerina private:true');
    const first = await press(sandbox(), answer, 'More');
    expect(first.reply?.id).not.toBe(answer.reply?.id);
    expect(titleIn(first)).toContain('page 1 of ');
    const second = await press(sandbox(), first, 'Next ›');
    expect(second.reply?.id).toBe(first.reply?.id);
    expect(titleIn(second)).toContain('page 2 of ');
    expect(textIn(await press(sandbox(), second, '‹ Previous'))).toBe(textIn(first));
  });

  test('is missing where there is no more', async () => {
    expect(await labelsOf('/wick lore term:marker')).not.toContain('More');
  });
});

test('the button "Spoilers" adds only the spoilers, in bars, with the question in its heading', async () => {
  const answer = await sandbox().command('/ballerina plot');
  const shown = await press(sandbox(), answer, 'Spoilers');
  expect(titleIn(shown)).toMatch(/^Ballerina · Plot · Spoilers/);
  const lines = textIn(shown).split('\n').slice(1);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/^- (\*\*[^*]+\*\*: )?\|\|.*\|\|$/);
});

describe('the button "Remind me"', () => {
  test('is beside each announced title that has something to wait for, and sets a reminder', async () => {
    const answer = await sandbox().command({ text: '/wick upcoming', user: 'john' });
    const sections = JSON.stringify(answer.reply?.components);
    expect(sections).toContain('"type":9');
    const reminder = await press(sandbox(), answer, 'Remind me');
    expect(reminder.ephemeral).toBe(true);
    expect(textIn(reminder)).toContain('Reminder set');
  });

  test('is missing where the title is out, and on an answer of an earlier day', async () => {
    expect(await labelsOf('/ballerina release')).not.toContain('Remind me');
    expect(await labelsOf(`/ballerina release as_of:${ARTICLE_DAY}`)).not.toContain('Remind me');
    expect(await labelsOf('/wick film title:caine')).toContain('Remind me');
  });
});

test('an answer has a link to the trailer, and at most three next topics', async () => {
  const { reply } = await sandbox().command('/ballerina trailer');
  expect(JSON.stringify(reply?.components)).toMatch(/"style":5,.*"url":"https:\/\/youtu\.be\//);
  for (const command of ['/ballerina overview', '/wick timeline', '/ballerina cast']) {
    const next = buttonsIn(await sandbox().command(command)).filter(({ customId }) =>
      customId.startsWith('1~ask~'),
    );
    expect(next.length, command).toBeLessThanOrEqual(3);
    expect(next.length, command).toBeGreaterThan(0);
  }
});
