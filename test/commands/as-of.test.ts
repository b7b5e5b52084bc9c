import { describe, expect, test } from 'vitest';
import type { Reply } from '../../sandbox/client.ts';
import {
  ARTICLE_DAY,
  buttonsIn,
  everythingIn,
  leadIn,
  press,
  QUESTIONS,
  SOURCE,
  sandboxOfFile,
  sourceLineIn,
  textIn,
} from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string, day: string) => sandbox().command(`${text} as_of:${day}`);

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** The days, months and years that a reply names anywhere, its ids and buttons included. */
function datesIn(answer: Reply): string[] {
  const { id: _, channel_id: __, ...shown } = answer.reply ?? {};
  const text = JSON.stringify(shown);
  const words = [
    ...text.matchAll(new RegExp(`(?:(${MONTHS.join('|')}) (?:(\\d{1,2}), )?)?\\b((?:19|20)\\d\\d)\\b`, 'g')),
  ];
  const iso = [...text.matchAll(/\d{4}-\d{2}(-\d{2})?/g)].map(([date]) => date);
  const named = words.map(([, month, day, year = '']) =>
    [year, ...(month ? [two(MONTHS.indexOf(month) + 1)] : []), ...(day ? [two(Number(day))] : [])].join('-'),
  );
  return [...iso, ...named];
}

const two = (value: number) => String(value).padStart(2, '0');

/** What lay ahead of a day and was public by then. */
const PLANNED: Record<string, string[]> = {
  '2022-11-30': ['2023', '2023-03', '2023-02-05', '2023-03-24'],
  '2023-05-01': ['2024-06-07', '2023-05-02', '2023-05-23', '2023-06-13'],
  [ARTICLE_DAY]: ['2024-06-07', '2024-02-11'],
  '2024-02-21': ['2024-06-07'],
  '2024-03-01': ['2024-06-07', '2025-06-06'],
  '2025-01-31': ['2025-06-06', '2025-06-05'],
};

describe.each(Object.entries(PLANNED))('answers as of %s', (day, planned) => {
  test.each(QUESTIONS)('%s names no later dates except planned ones', async (question) => {
    const answer = await ask(question, day);
    expect(sourceLineIn(answer)).toContain(`As known on ${told(day)}`);
    const later = datesIn(answer).filter((date) => date > day.slice(0, date.length));
    expect(later.filter((date) => !planned.includes(date))).toEqual([]);
  });
});

function told(day: string): string {
  const { year, month, day: dayOfMonth } = Temporal.PlainDate.from(day);
  return `${MONTHS[month - 1]} ${dayOfMonth}, ${year}`;
}

describe('answers as of January 2024', () => {
  test.each([
    ['/ballerina release', 'is planned for cinemas on **June 7, 2024** (United States)'],
    ['/ballerina overview', 'Ana de Armas plays Rooney'],
    ['/ballerina cast', '**Norman Reedus**: an undisclosed role'],
    ['/ballerina cast person:Rooney', '**Ana de Armas** plays **Rooney**'],
    ['/ballerina plot', 'murdered her family'],
    ['/ballerina setting', 'takes place between *Chapter 3 – Parabellum* and *Chapter 4*.'],
    ['/ballerina trailer', 'No trailer for *Ballerina* has been released yet.'],
    ['/ballerina streaming', 'will reportedly stream on Peacock'],
    ['/ballerina reddick', 'had finished his scenes'],
    ['/wick film title:ballerina', 'planned for **June 7, 2024**'],
    ['/wick timeline order:story', '**Ballerina**: Between *Chapter 3* and *Chapter 4*. _(not out)_'],
  ])('%s shows: %s', async (question, words) => {
    expect(await everythingIn(sandbox(), await ask(question, ARTICLE_DAY))).toContain(words);
  });

  test.each(QUESTIONS)('%s does not mention Eve, Starz or the later cast', async (question) => {
    const { reply } = await ask(question, ARTICLE_DAY);
    expect(JSON.stringify(reply)).not.toMatch(
      /\bEve\b|Macarro|Starz.*2025|Chancellor|Daniel Pine|\bLena\b|Castañeda|Saber|High Table/,
    );
  });

  test.each(QUESTIONS)('%s names a source', async (question) => {
    expect(sourceLineIn(await ask(question, ARTICLE_DAY))).toMatch(SOURCE);
  });

  test('buttons keep the day of the answer', async () => {
    const answer = await ask('/ballerina overview', ARTICLE_DAY);
    expect(sourceLineIn(await press(sandbox(), answer, 'Cast'))).toContain('As known on January 20, 2024');
    expect(textIn(await press(sandbox(), answer, 'Cast'))).toContain('Rooney');
  });

  test('the button "As known today" gives the answer of today', async () => {
    const answer = await ask('/ballerina release', ARTICLE_DAY);
    const today = await press(sandbox(), answer, 'As known today');
    const current = await sandbox().command('/ballerina release');
    expect(today.reply?.components).toEqual(current.reply?.components);
  });

  test.each(QUESTIONS)('every button of %s gives a private answer', async (question) => {
    const answer = await ask(question, ARTICLE_DAY);
    for (const { label } of buttonsIn(answer)) {
      const next = await press(sandbox(), answer, label);
      expect(leadIn(next), label).toBeTruthy();
      expect(next.ephemeral).toBe(true);
    }
  });
});

describe('answers as of a day without a source', () => {
  test.each(QUESTIONS.filter((question) => !question.includes('title:')))(
    '%s says that no source is known',
    async (question) => {
      const answer = await ask(question, '1990-01-01');
      expect(textIn(answer)).toMatch(
        /Nothing was known about this on January 1, 1990\.|No projects were announced by then/,
      );
      expect(answer.error).toBeUndefined();
    },
  );

  test('/wick film does not find a title announced later', async () => {
    expect(textIn(await ask('/wick film title:caine', ARTICLE_DAY))).toContain(
      'I don’t know a title called “caine”',
    );
  });
});

test('as_of with the current day gives the current answer and no changes', async () => {
  const answer = await ask('/ballerina release', '2026-11-22');
  const withoutSource = (text: string) => text.slice(0, text.lastIndexOf('\n'));
  expect(withoutSource(leadIn(answer))).toBe(
    withoutSource(leadIn(await sandbox().command('/ballerina release'))),
  );
  expect(textIn(await press(sandbox(), answer, 'What changed since?'))).toContain(
    'Nothing in this answer has changed since November 22, 2026.',
  );
});
