import { describe, expect, test } from 'vitest';
import { leadIn, sandboxOfFile, sourceLineIn, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const descriptionOf = async (text: string) => leadIn(await sandbox().command(text));

describe('the line "Last confirmed" of an answer', () => {
  test.each([
    ['/wick film title:caine', 'Last confirmed June 5, 2025'],
    ['/ballerina streaming', 'Last confirmed March 2026'],
    ['/wick film title:under-the-high-table', 'Last confirmed May 6, 2025'],
    ['/ballerina sequel', 'Last confirmed June 10, 2025'],
    ['/wick film title:caine as_of:2025-12-31', 'Last confirmed June 5, 2025'],
  ])('%s says in its last line: %s', async (question, line) => {
    expect(sourceLineIn(await sandbox().command(question))).toContain(line);
  });

  test.each([
    '/wick film title:caine as_of:2025-07-01',
    '/ballerina release',
    '/ballerina cast',
    '/wick film title:john-wick',
    '/wick timeline',
  ])('%s has no such line', async (question) => {
    expect(await descriptionOf(question)).not.toContain('Last confirmed');
  });
});

test('/ballerina streaming names the month in which the service was checked', async () => {
  expect(await descriptionOf('/ballerina streaming')).toContain(
    'since September 25, 2025. As of March 2026.',
  );
});

test('/ballerina release calls a planned day not confirmed once it has passed', async () => {
  const czechia = async (day: string) =>
    textIn(await sandbox().command(`/ballerina release region:CZ as_of:${day}`));
  expect(await czechia('2025-06-05')).toContain('is planned for cinemas on **June 5, 2025** (Czechia)');
  expect(await czechia('2025-06-06')).toContain(
    'was planned for cinemas on **June 5, 2025** (Czechia); not confirmed (one source).',
  );
});

test('/concierge about shows the date and age of the newest source', async () => {
  expect(textIn(await sandbox().command('/concierge about'))).toMatch(
    /Newest source: \*\*June 7, 2026\*\*, \d+ days ago/,
  );
});
