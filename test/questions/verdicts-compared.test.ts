import { describe, expect, test } from 'vitest';
import { leadIn, sandboxOfFile } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (question: string) => sandbox().command(`/ballerina ask question:${question}`);

const VERDICT = /^(Yes, that’s right|Yes|No|Not as far as known)\./;

describe('what a question names is compared with the fact', () => {
  test.each([
    ['did hans zimmer do the music', /^Not as far as known\. .*Tyler Bates/],
    ['is scarlett johansson playing eve', /^No\. .*Ana de Armas/],
    ['did christopher nolan direct it', /^No\. .*Len Wiseman/],
    ['is the new john wick game made by ubisoft', /^No\. .*Saber Interactive/],
    ['did len wiseman make ballerina', /^Yes\. .*Len Wiseman/],
    ['was ballerina rotten on rotten tomatoes', /^No\. .*75%/],
    ['did critics hate ballerina', /^No\. .*75%/],
    ['did audiences love ballerina', /^Yes\. .*92%/],
    ['did audiences give ballerina an F on cinemascore', /^No\. .*A-/],
    ['can my 12 year old see it in a uk cinema', /^No\. .*15/],
    ['did japan get ballerina before the us', /^No\. .*August 22, 2025.*June 6, 2025/],
    ['did france get ballerina earlier than america', /^Yes\. .*June 4, 2025.*June 6, 2025/],
    ['does the continental have ten episodes', /^No\. .*3/],
    ['is the continental set in the 90s', /^No\. .*1970s/],
    ['is the continental set in the seventies', /^Yes\. .*1970s/],
    ['is the elder below the high table', /^No\. .*above the High Table/],
  ])('%j', async (question, expected) => {
    expect(leadIn(await ask(question))).toMatch(expected);
  });

  test.each([
    'did hans zimmer score dune',
    'did christopher nolan direct inception',
    'is scarlett johansson playing natasha',
    'did critics hate the flash',
  ])('nothing is said of another subject: %s', async (question) => {
    expect(leadIn(await ask(question))).not.toMatch(VERDICT);
  });
});
