import { describe, expect, test } from 'vitest';
import { buttonsIn, leadIn, press, sandboxOfFile, sourceLineIn, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (question: string, options = '') =>
  sandbox().command(`/ballerina ask question:${question}${options && ` ${options}`}`);

describe('a question that says of which day the facts are wanted', () => {
  test.each([
    ['when was it supposed to come out back in 2023', 'December 31, 2023', /June 7, 2024/],
    ['was lance reddick in ballerina as of 2023', 'December 31, 2023', /: Yes\. Lance Reddick/],
    ['was there a trailer in january 2024', 'January 31, 2024', /: No trailer for \*Ballerina\*/],
    ['what was the status of the caine movie in 2024', 'December 31, 2024', /Lionsgate announced/],
    ["pretend it's january 2024, when does ballerina come out", 'January 31, 2024', /June 7, 2024/],
    ['im a fan. when was it planned for back in 2023? thanks', 'December 31, 2023', /June 7, 2024/],
    ['who was the director in 2019', 'December 31, 2019', /Len Wiseman/],
    ['In January 2024, what was the release date supposed to be?', 'January 31, 2024', /June 7, 2024/],
    ['who was in the cast as of 2024-01-20', 'January 20, 2024', /Norman Reedus.*undisclosed role/],
    ['show me the trailers as of Jan 2024', 'January 31, 2024', /No trailer for \*Ballerina\*/],
    ['what was planned for streaming back in feb 2024', 'February 29, 2024', /Peacock|no release date/],
  ])('"%s" is answered as of %s, and says so', async (question, day, expected) => {
    const answer = await ask(question);
    expect(leadIn(answer)).toMatch(expected);
    expect(leadIn(answer)).toContain(`As of ${day}: `);
    expect(sourceLineIn(answer)).toContain(`As known on ${day}`);
    expect(textIn(answer)).not.toMatch(/June 6, 2025|Eve Macarro/);
    expect(textIn(await press(sandbox(), answer, 'What changed since?'))).toContain(`since ${day}`);
  });

  test.each([
    ['who plays eve as of mid 2023', 'August 31, 2023'],
    ['who plays the chancellor as of jan 2024', 'January 31, 2024'],
    ['who wrote it as of 2017', 'December 31, 2017'],
    ['as of 2012 who was the director', 'December 31, 2012'],
  ])('"%s" says that nothing was known of it on %s', async (question, day) => {
    const answer = await ask(question);
    expect(leadIn(answer)).toContain(`Nothing was known about this on ${day}.`);
    expect(textIn(answer)).not.toMatch(/Byrne|Chancellor/);
  });

  test('has buttons that keep the day, and one for today', async () => {
    const answer = await ask('when was it supposed to come out back in 2023');
    expect(sourceLineIn(await press(sandbox(), answer, 'Overview'))).toContain(
      'As known on December 31, 2023',
    );
    expect(await press(sandbox(), answer, 'History').then(textIn)).not.toMatch(/2025/);
    expect(leadIn(await press(sandbox(), answer, 'As known today'))).toMatch(/June 6, 2025/);
    expect(textIn(await press(sandbox(), answer, 'What changed since?'))).toMatch(/June 6, 2025/);
  });

  test('knows no more than the day in as_of', async () => {
    const answer = await ask('who was in the cast as of 2025', 'as_of:2024-01-20');
    expect(sourceLineIn(answer)).toContain('As known on January 20, 2024');
    expect(textIn(answer)).not.toMatch(/Eve Macarro/);
  });
});

test.each([
  ['did it come out in 2025', /June 6, 2025/],
  ['was ballerina announced in 2022', /./],
  ['who was the villain in the 2014 movie', /./],
  ['what was the original release date', /^At first: June 7, 2024/],
  ['how much did john wick make back in 2014', /\$86M/],
])('"%s" is answered with what is known today', async (question, expected) => {
  const answer = await ask(question);
  expect(leadIn(answer)).toMatch(expected);
  expect(textIn(answer)).not.toMatch(/As known on|As of \w+ \d/);
  expect(buttonsIn(answer).map(({ label }) => label)).not.toContain('As known today');
});
