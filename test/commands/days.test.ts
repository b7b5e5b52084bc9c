import { expect, test } from 'vitest';
import { partOf, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();

/** What is asked, the day, what the answer must say, and what it must not. */
type Row = [question: string, day: string, must: string | RegExp, mustNot: string | RegExp];

const NONE = /^$/;
const ROWS: Row[] = [
  // Ballerina, from the hire of its director on
  ['/ballerina director', '2019-10-07', 'Nothing was known about this', 'Wiseman'],
  ['/ballerina director', '2019-12-01', '**Len Wiseman**', NONE],
  ['/ballerina director', '2022-12-10', '**Len Wiseman**', NONE],
  ['/ballerina writers', '2019-12-01', '**Shay Hatten**', 'Fennell'],
  ['/ballerina writers', '2022-12-10', 'Emerald Fennell', 'Saltburn'],
  ['/ballerina producers', '2019-12-01', '**Basil Iwanyk, Erica Lee, and Chad Stahelski**', NONE],
  ['/ballerina plot', '2019-12-01', 'killed her family', 'Eve'],
  ['/ballerina plot', '2022-12-21', 'killed her father', 'Eve'],
  ['/ballerina plot', '2024-09-26', 'avenge her father', 'Lena'],
  ['/ballerina overview', '2019-12-01', 'in development since 2017', 'Ana de Armas'],
  ['/ballerina overview', '2021-11-01', 'Ana de Armas is in talks', 'official'],
  ['/ballerina overview', '2022-05-01', 'official', 'Rooney'],
  ['/ballerina cast', '2019-12-01', 'Nothing was known about this', 'Ana de Armas'],
  ['/ballerina cast', '2022-11-07', '**Ana de Armas**', 'McShane'],
  ['/ballerina cast', '2022-11-08', '**Ian McShane**: Winston Scott', 'Anjelica Huston'],
  ['/ballerina cast', '2022-11-21', '**Anjelica Huston**: The Director', 'Lance Reddick'],
  ['/ballerina cast', '2022-12-02', '**Lance Reddick**: Charon', 'Norman Reedus'],
  ['/ballerina cast', '2022-12-10', '**Keanu Reeves**: John Wick', 'Gabriel Byrne'],
  ['/ballerina cast', '2022-12-13', '**Norman Reedus**: an undisclosed role', 'Gabriel Byrne'],
  ['/ballerina cast', '2022-12-20', '**Gabriel Byrne**: an undisclosed role', 'Chancellor'],
  ['/ballerina cast', '2024-04-01', '**David Castañeda**: an undisclosed role', 'Javier'],
  ['/ballerina cast', '2025-06-05', '**Gabriel Byrne**: The Chancellor', NONE],
  ['/ballerina cast person:Ana de Armas', '2022-12-01', 'in an undisclosed role', 'Rooney'],
  ['/ballerina cast person:Ana de Armas', '2022-12-02', '**Rooney**', 'Eve'],
  ['/ballerina cast person:Ana de Armas', '2024-09-26', '**Eve Macarro**', NONE],
  ['/ballerina keanu', '2022-11-08', 'reportedly in *Ballerina*', 'he said at CCXP'],
  ['/ballerina keanu', '2022-12-07', 'for a few scenes', 'about a week'],
  ['/ballerina keanu', '2023-04-01', 'about a week', 'supporting'],
  ['/ballerina reddick', '2022-12-02', 'returns as Charon', 'died'],
  ['/ballerina reddick', '2024-09-01', 'Vox Machina', 'the sixth'],
  ['/ballerina reddick', '2025-06-06', 'last screen appearance by release date', 'the sixth'],
  ['/ballerina setting', '2022-12-14', 'between *Chapter 3 – Parabellum* and *Chapter 4*', 'during'],
  ['/ballerina setting', '2024-09-27', 'takes place during *Chapter 3 – Parabellum*', 'prologue'],
  ['/ballerina setting', '2025-06-12', 'A prologue shows', NONE],
  ['/ballerina trailer', '2024-09-25', 'no footage from the film', 'first footage'],
  // Its releases
  ['/ballerina release', '2023-04-04', '**June 7, 2024**', '2025'],
  ['/ballerina release', '2024-02-21', '**June 7, 2024**', '2025'],
  ['/ballerina release', '2024-02-22', '**June 6, 2025**', NONE],
  ['/ballerina release region:RU', '2025-06-01', 'is planned for cinemas on **June 5, 2025**', 'opened'],
  ['/ballerina release region:RU', '2025-06-09', 'opened in cinemas on **June 5, 2025**', 'is planned for'],
  ['/ballerina release region:IT', '2025-01-15', '**June 6, 2025**', 'June 12'],
  ['/ballerina release region:IT', '2025-06-01', '**June 12, 2025**', 'opened'],
  ['/ballerina release region:IT', '2025-06-12', 'opened in cinemas on **June 12, 2025**', NONE],
  ['/ballerina release region:DE', '2025-06-05', 'opened in cinemas on **June 5, 2025**', NONE],
  ['/ballerina release region:FR', '2025-06-04', 'opened in cinemas on **June 4, 2025**', NONE],
  ['/ballerina release region:KR', '2025-08-03', 'is planned for cinemas on **August 6, 2025**', 'opened'],
  ['/ballerina streaming', '2025-08-01', 'buy it to watch at home', 'will open in cinemas only'],
  ['/ballerina streaming', '2025-08-01', 'to stream on Starz', 'has been streaming on Starz'],
  [
    '/ballerina streaming',
    '2025-10-01',
    'has been streaming on Starz in the United States since September 25, 2025',
    'March 2026',
  ],
  ['/ballerina streaming', '2026-02-01', 'Last confirmed September 2025', 'March 2026'],
  ['/ballerina streaming', '2026-04-15', 'still on Starz in March 2026', 'Last confirmed'],
  // The other films
  ['/wick film title:john-wick', '2017-03-01', '$86 million', 'Ballerina'],
  ['/wick film title:john-wick', '2015-01-01', '**Michael Nyqvist**: Viggo Tarasov', 'Chapter 2'],
  ['/wick film title:chapter-2', '2017-03-01', '**Common**: Cassian', 'Chapter 3'],
  ['/wick film title:chapter-3', '2019-05-20', '**Anjelica Huston**: The Director', '$328'],
  ['/wick film title:chapter-3', '2019-10-08', /Worldwide gross.*323/, '328'],
  ['/wick film title:chapter-3', '2025-05-30', /Worldwide gross.*328/, '326'],
  ['/wick film title:chapter-4', '2021-12-22', 'March 2023', 'March 24'],
  ['/wick film title:chapter-4', '2021-12-23', '**March 24, 2023**', 'Akira'],
  ['/wick film title:chapter-4', '2021-12-23', '**Rina Sawayama**: an undisclosed role', 'Shimazu'],
  ['/wick film title:chapter-4', '2023-03-24', '**Rina Sawayama**: Akira', '$417'],
  ['/wick film title:chapter-4', '2023-06-01', '$417 million', '$440'],
  ['/wick film title:chapter-4', '2024-01-20', 'is the most successful film', 'on the way'],
  ['/wick film title:chapter-5', '2022-06-01', 'back to back', 'in development'],
  ['/wick film title:chapter-5', '2023-06-01', 'early development', 'nothing official'],
  ['/wick film title:chapter-5', '2024-01-20', 'early development', 'nothing official'],
  ['/wick film title:the-continental', '2022-12-10', 'due in 2023', 'September'],
  ['/wick film title:the-continental', '2023-09-22', 'Prime Video', 'October 6, 2023 on Prime'],
  ['/wick film title:wick-is-pain', '2025-05-01', '**May 9, 2025**', 'came out'],
  ['/wick film title:john-wick-hex', '2019-10-01', 'planned for **October 8, 2019**', 'off sale'],
  ['/wick film title:john-wick-hex', '2022-12-10', 'came out on **October 8, 2019**', 'off sale'],
  ['/wick film title:john-wick-hex', '2025-07-20', 'off sale everywhere since July 17, 2025', NONE],
  ['/wick film title:book-of-rules', '2017-07-01', 'planned for **September 6, 2017**', 'November'],
  ['/wick film title:book-of-rules', '2018-01-01', 'came out on **November 29, 2017**', NONE],
  ['/wick film title:chapter-5', '2026-06-01', 'Last confirmed February 12, 2026', NONE],
  ['/wick upcoming', '2026-02-11', 'Caine', 'State of Play'],
  ['/wick upcoming', '2026-03-01', 'State of Play on February 12, 2026', NONE],
  // Questions
  ['/wick ask question:who directs ballerina', '2020-01-01', 'Len Wiseman', NONE],
  ['/wick ask question:is gabriel byrne in ballerina', '2025-06-06', 'The Chancellor', NONE],
  ['/wick ask question:who plays akira in chapter 4', '2023-04-01', 'Rina Sawayama', NONE],
];

test('the rows cover at least sixty questions and all years', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(60);
  const years = new Set(ROWS.map(([, day]) => day.slice(0, 4)));
  for (const year of ['2017', '2019', '2021', '2022', '2023', '2024', '2025', '2026'])
    expect(years).toContain(year);
});

test.each(ROWS)('%s as of %s says what was known and nothing later', async (question, day, must, mustNot) => {
  const [command = '', ...rest] = question.split(' question:');
  const asked =
    rest.length > 0 ? `${command} as_of:${day} question:${rest.join('')}` : `${question} as_of:${day}`;
  const answer = await sandbox().command(asked);
  const part = (label: string) => partOf(sandbox(), answer, label);
  const now = [textIn(answer), await part('More'), await part('Sources')].join('\n');
  // What was said before that day is behind "History" and not in the answer.
  const text = `${now}\n${await part('History')}`;
  expect(text).toMatch(typeof must === 'string' ? literal(must) : must);
  if (mustNot !== NONE) expect(now).not.toMatch(typeof mustNot === 'string' ? literal(mustNot) : mustNot);
});

const literal = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
