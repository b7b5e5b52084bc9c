import { describe, expect, test } from 'vitest';
import { askedDay } from '../../src/questions/asked-day.ts';
import { TODAY } from '../support.ts';

describe('a question for what was known then', () => {
  test.each([
    ['when was it supposed to come out back in 2023', '2023-12-31', 'when was it supposed to come out'],
    ['what did people think in January 2024 about the villain', '2024-01-31', 'the villain'],
    ['as of march 2022 was keanu in it', '2022-03-31', 'was keanu in it'],
    ['as of March 5, 2022, who was in it?', '2022-03-05', 'who was in it?'],
    ['who was in the cast as of 2024-01-20', '2024-01-20', 'who was in the cast'],
    ['was keanu in it as of Jan 2023', '2023-01-31', 'was keanu in it'],
    ['In 2023, when was it supposed to come out?', '2023-12-31', 'when was it supposed to come out?'],
    ['what was known in 2022 about the cast', '2022-12-31', 'the cast'],
    ['what was the planned release date in 2023', '2023-12-31', 'what was the planned release date'],
    [
      'when was it supposed to be released in early 2024',
      '2024-04-30',
      'when was it supposed to be released',
    ],
    ['who was supposed to direct it in 2019', '2019-12-31', 'who was supposed to direct it'],
    ['who did people think was the villain in 2023', '2023-12-31', 'who was the villain'],
    ['did they say in 2022 that keanu is in it', '2022-12-31', 'did they say that keanu is in it'],
    ['before 2024, when was it going to come out', '2023-12-31', 'when was it going to come out'],
    ["in jan '24 where was it expected to stream", '2024-01-31', 'where was it expected to stream'],
    ['who was in the cast by the end of 2023 at the time', '2023-12-31', 'who was in the cast'],
    ['when did they say it would come out back in march', '2026-03-31', 'when it would come out'],
    ['when did they say it would come out back in december', '2025-12-31', 'when it would come out'],
    ['was it planned for 2024 back in 2023', '2023-12-31', 'was it planned for 2024'],
    ['where was it supposed to be filmed in 2021', '2021-12-31', 'where was it supposed to be filmed'],
    ['what was the runtime rumoured to be in early 2025', '2025-04-30', 'what was the runtime'],
    ['when was john wick 5 expected in 2021', '2021-12-31', 'when was john wick 5 expected'],
    ['in august 2020 when was it coming out', '2020-08-31', 'when was it coming out'],
    ['at the end of 2021, when was chapter 4 due', '2021-12-31', 'when was chapter 4 due'],
    ['what did we know about john wick 5 in 2022', '2022-12-31', 'john wick 5'],
    ["pretend it's january 2024, when does ballerina come out", '2024-01-31', 'when does ballerina come out'],
    ['if i had asked you in 2023, who is the villain', '2023-12-31', 'who is the villain'],
    ['who was he playing according to reports from 2023', '2023-12-31', 'who was he playing'],
    ['how much had it made by july 2025', '2025-07-31', 'how much had it made'],
    ['back when it was 2022, was keanu in it', '2022-12-31', 'was keanu in it'],
    ['when in 2023 was it supposed to come out', '2023-12-31', 'when was it supposed to come out'],
    ['what was it expected to cost a couple of years ago', '2024-11-22', 'what was it expected to cost'],
    ['was keanu in it according to 2022 reports', '2022-12-31', 'was keanu in it'],
    ['was ana de armas confirmed by the end of 2021', '2021-12-31', 'was ana de armas confirmed'],
    ['what was said about it at the start of 2024', '2024-01-31', 'it'],
    ['who played the villain as far as people knew in 2023', '2023-12-31', 'who played the villain'],
    ['as of last year who was the director', '2025-12-31', 'who was the director'],
    ['summer of 2022, who was in the cast', '2022-08-31', 'who was in the cast'],
    ['end of 2023: whats the release date', '2023-12-31', 'whats the release date'],
    ['what was the plan in 01/2024', '2024-01-31', 'what was the plan'],
    ['as of q1 2024 when does it release', '2024-03-31', 'when does it release'],
    ['it’s 2023, when is ballerina out?', '2023-12-31', 'when is ballerina out?'],
    ['late 2024 was there a trailer', '2024-12-31', 'was there a trailer'],
    ['say it’s march 2023. is lance reddick in it?', '2023-03-31', 'is lance reddick in it?'],
    ['circa 2023 when was it meant to open', '2023-12-31', 'when was it meant to open'],
    ['rewind to 2021: is ana attached', '2021-12-31', 'is ana attached'],
    ['was the trailer out by october 2024', '2024-10-31', 'was the trailer out'],
    [
      'when people talked about it in 2023 what date did they say',
      '2023-12-31',
      'when people talked about it what date did they say',
    ],
  ])('%s', (question, day, rest) => {
    expect(askedDay(question, TODAY)).toEqual({ day, question: rest, certainty: 'certain' });
  });

  test.each([
    ['who was the director in 2019', '2019-12-31'],
    ['back in 2022 who was the villain', '2022-12-31'],
    ['what was it called in 2019', '2019-12-31'],
    ['around christmas 2023 what was the release date', '2023-12-31'],
    ['prior to 2024, what was the villain', '2023-12-31'],
    ['what was the release date two years ago', '2024-11-22'],
    ['how much did it make back in 2014', '2014-12-31'],
    ['what was the status of the caine movie in 2024', '2024-12-31'],
    ["when was ballerina's release back in may 2023", '2023-05-31'],
  ])('may be: %s', (question, day) => {
    expect(askedDay(question, TODAY)).toMatchObject({ day, certainty: 'likely' });
  });

  test.each([
    ['did ballerina have a release date in 2022', '2022-12-31'],
    ['in january 2024, when was ballerina set', '2024-01-31'],
    ['was there a trailer in jan 2024', '2024-01-31'],
    ['was a sequel planned in 2024', '2024-12-31'],
    ['how much did it make in june 2025', '2025-06-30'],
  ])('is possible: %s', (question, day) => {
    expect(askedDay(question, TODAY)).toMatchObject({ day, certainty: 'possible' });
  });

  test('is for today at most', () => {
    expect(askedDay('who was in it as of November 2026', TODAY)?.day).toBe(TODAY);
    expect(askedDay('who was in it as of 2027', TODAY)).toBeUndefined();
  });
});

test.each([
  'did it come out in 2025',
  'what happened in 2014',
  'the 2025 film',
  'is it set in 2019',
  'was it supposed to come out in 2024',
  'wasnt it supposed to be released in june 2024',
  'what movie was supposed to come out in 2024',
  'was it going to be 2024?',
  'was it announced in 2019',
  'when was it announced in 2019',
  'is it out in may 2025',
  'when john wick came out back in 2014 who directed it',
  'in 2025 did it come out',
  'who directed the 2014 film',
  'when in 2025 does it come out',
  'what was filmed in 2022',
  'which john wick film came out in 2017',
  'was it delayed in 2024 because of reshoots',
  'why was it moved from 2024 to 2025',
  'who was the villain in the 2014 movie',
  'is there anything planned in 2027',
  'is ballerina going to be on netflix in 2026',
  'who may be in john wick 5',
  'as of February 31, 2024 who was in it',
  'as of 2024',
  '1917, is it good',
  '',
])('not a question for what was known then: %j', (question) => {
  expect(askedDay(question, TODAY)).toBeUndefined();
});
