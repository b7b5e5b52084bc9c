import { describe, expect, test } from 'vitest';
import { leadIn, sandboxOfFile } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (question: string) => sandbox().command(`/ballerina ask question:${question}`);

const VERDICT = /^(Yes, that’s right|Yes|No|Not as far as known)\./;

describe('what a question takes for granted and is not so', () => {
  test.each([
    [
      'was ballerina cancelled',
      /^No\. \*Ballerina\* wasn’t cancelled\. It moved from June 7, 2024 to \*\*June 6, 2025/,
    ],
    ['why was ballerina cancelled', /^No\. \*Ballerina\* wasn’t cancelled\. It moved from June 7, 2024/],
    ['is it true ballerina was cancelled', /^No\. \*Ballerina\* wasn’t cancelled/],
    ['was the continental cancelled', /^No\. \*The Continental\* wasn’t cancelled\. It came out on/],
    ['was john wick 5 cancelled', /^Not as far as known\. \*Chapter 5\* was announced/],
    ['why isn’t keanu in ballerina', /^No\. (\*\*)?Keanu Reeves(\*\*)? plays/],
    ['why is ballerina on netflix', /^No\. .*Starz/],
    ['when is ballerina coming to netflix', /^Not as far as known\. .*Starz/],
    ['where can i watch ballerina on netflix', /^No\. .*Starz/],
    ['why did chad stahelski direct ballerina', /^No\. .*Len Wiseman/],
    ['who does halle berry play in ballerina', /^Not as far as known\. .*Chapter 3/],
    ['why is ballerina 3 hours long', /^No\. .*2 h 5 min/],
    ['how come the continental got cancelled', /^No\. \*The Continental\* wasn’t cancelled/],
    ['who is directing ballerina 2', /^Not as far as known\. .*hasn’t been announced/],
    ['when does ballerina 2 come out', /^Not as far as known\. .*hasn’t been announced/],
    ['who replaced keanu in ballerina', /^No\. .*Keanu Reeves.* plays/],
    ['why is it rated pg-13', /^No\. .*\*\*R\*\*/],
    ['why hasn’t ballerina come out', /^No\. .*June 6, 2025/],
    ['why is ballerina not out yet', /^No\. .*June 6, 2025/],
    ['when did chapter 5 come out', /^No\. .*no release date/],
    ['why is there no release date for ballerina', /^No\. .*June 6, 2025/],
    ['why is there no blu-ray of ballerina', /^No\. .*on disc/],
    ['why did ballerina never come out on dvd', /^No\. .*on disc/],
    ['why can’t i stream ballerina anywhere', /^No\. .*Starz/],
    ['why is there no john wick 5', /^No\. .*in development/],
    ['when did netflix release ballerina', /^Not as far as known\. .*Starz/],
    ['why did netflix cancel the continental', /^No\. \*The Continental\* wasn’t cancelled/],
    ['how come ballerina flopped on its 200 million budget', /^No\. .*90M/],
    ['why did john wick 4 only make 100 million', /^No\. .*440M/],
    ['why did chapter 4 flop', /^No\. .*most successful/],
    ['why did lionsgate cancel ballerina', /^No\. \*Ballerina\* wasn’t cancelled/],
    ['why does the continental have only two episodes', /^No\. .*3/],
    ['how did ballerina get 95% on rotten tomatoes', /^No\. .*75/],
    ['why did ballerina leave starz', /^No\. .*still on Starz/],
    ['why is caine set before chapter 4', /^No\. .*After/],
    ['why is ballerina a sequel', /^No\. .*spin-off/],
    ['why was ballerina filmed in new zealand', /^Not as far as known\. .*Prague/],
    ['why was ballerina banned', /^Not as far as known\. .*June 6, 2025/],
    ['why was ballerina moved up to 2023', /^No\. .*Moved from June 7, 2024/],
    ['why is norman reedus the villain', /^No\. .*Gabriel Byrne/],
    ['why is the continental a movie', /^No\. .*limited series/],
    ['why did ballerina skip theaters', /^No\. .*in cinemas only/],
    ['what happens in the post credits scene of ballerina', /^No\. .*no scene/],
    ['how many post credits scenes does ballerina have', /^No\. .*no scene/],
    ['since ballerina is the fourth film, what is the fifth', /^No\. .*fifth John Wick film/],
    ['since it’s the fourth film, does it come before chapter 5?', /^No\. .*fifth John Wick film/],
  ])('"%s" is corrected', async (question, expected) => {
    expect(leadIn(await ask(question))).toMatch(expected);
  });
});

describe('what a question takes for granted and is so, or is not known to be wrong', () => {
  test.each([
    'why isn’t halle berry in ballerina',
    'why is chapter 5 not out yet',
    'why is there no ballerina 2',
    'why is there no release date for chapter 5',
    'why was ballerina’s budget 90 million',
    'how did it flop on a 90 million budget',
    'why was it delayed by a year',
    'why was chapter 4 delayed',
    'why is ballerina set before chapter 4',
    'why was ballerina moved to 2025',
    'when did ballerina come out in japan',
    'what happens in the post credits scene of chapter 4',
    'how many people does john wick kill',
    'now that chapter 4 is out, who directed it',
    'why is chapter 4 the longest john wick movie',
  ])('"%s" is not corrected', async (question) => {
    expect(leadIn(await ask(question))).not.toMatch(VERDICT);
  });
});
