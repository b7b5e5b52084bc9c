import { describe, expect, test } from 'vitest';
import {
  ARTICLE_DAY,
  leadIn,
  partOf,
  press,
  QUESTIONS,
  SOURCE,
  sandboxOfFile,
  sourceLineIn,
  textIn,
  titleIn,
} from '../support.ts';

const sandbox = sandboxOfFile();
const since = async (question: string, day = ARTICLE_DAY) =>
  press(sandbox(), await sandbox().command(`${question} as_of:${day}`), 'What changed since?');

describe.each(QUESTIONS)('the button "What changed since?" of %s', (question) => {
  test('privately shows the changes with their days and sources', async () => {
    const answer = await since(question);
    const lead = leadIn(answer);
    expect(answer.ephemeral).toBe(true);
    expect(titleIn(answer)).toContain('since January 20, 2024');
    expect(lead).toMatch(/^(One thing has|\d+ things have) changed since January 20, 2024\.|^Nothing in/);
    if (lead.startsWith('Nothing')) return;
    expect(lead).toMatch(/_\((new, )?known since \w+ \d{1,2}, \d{4}, .+\)_/);
    expect(sourceLineIn(answer)).toMatch(SOURCE);
  });
});

test.each([
  ['/ballerina release', 'Cinemas, United States**: June 7, 2024 (planned) → June 6, 2025'],
  ['/ballerina release', 'Streaming, United States**: no date → September 25, 2025 on Starz'],
  ['/ballerina release', 'Cinemas, India**: June 13, 2025 _(new, known since'],
  ['/ballerina cast', 'Ana de Armas**: Rooney → Eve Macarro _(known since September 26, 2024'],
  ['/ballerina cast person:Reedus', 'Norman Reedus**: an undisclosed role → Daniel Pine'],
  ['/ballerina plot', 'murdered her family. → Eve Macarro'],
  ['/ballerina setting', 'between *Chapter 3 – Parabellum* and *Chapter 4*. → *Ballerina* starts during'],
  ['/ballerina trailer', 'September 26, 2024: First trailer _(new'],
  ['/ballerina streaming', 'Starz'],
  ['/ballerina sequel', 'No sequel to *Ballerina* has been greenlit. → '],
  [
    '/wick timeline order:story',
    'Between *Chapter 3* and *Chapter 4*. → After a prologue, it starts during *Chapter 3*',
  ],
  ['/wick upcoming', 'Caine'],
])('the changes of %s include: %s', async (question, change) => {
  const answer = await sandbox().command(`${question} as_of:${ARTICLE_DAY}`);
  expect(await partOf(sandbox(), answer, 'What changed since?')).toContain(change);
});

test('the button "What changed since?" reports no changes of an unchanged answer', async () => {
  expect(textIn(await since('/ballerina director', '2025-06-30'))).toContain(
    'Nothing in this answer has changed since June 30, 2025.',
  );
});
