import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import english from '../../data/messages/en.json' with { type: 'json' };

/** Phrases that no native speaker would write in a message, or that comment on our own work. */
const BANNED = [
  /^(Yes|No)[.,]/,
  /\bstands?\b/,
  /\blies\b/,
  /\b(is|are|be) told\b/,
  /\bwe (have|know|found)\b/,
  /\bnot checked\b/,
  /behind bars/,
  /made up for/,
  /\b(falls?|fell) due\b/,
  /\bat once\b/,
  /\bgoes? on:/,
  /\bis no \w+ that\b/,
  /^Silent\b/,
  /\bsilent\b/,
  /\b[Gg]rant me\b/,
  /\bmistake of mine\b/,
  /\bwhich is the most\b/,
  /\b(cannot|do not|does not|did not|I am|I will)\b/,
  /\b(moves?|leads?) the countdown\b.*\banother one\b/,
];

/** The texts of a claims file, at any depth: the values of the key `en`. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'en' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

function bannedIn(texts: readonly string[]): string[] {
  return texts.filter((text) => BANNED.some((phrase) => phrase.test(text)));
}

test('no message contains a banned phrase', () => {
  expect(bannedIn(Object.values(english))).toEqual([]);
});

test.each(readdirSync('data/claims'))('no text of %s contains a banned phrase', (name) => {
  const texts = textsIn(JSON.parse(readFileSync(`data/claims/${name}`, 'utf8')));
  expect(texts.length).toBeGreaterThan(0);
  expect(bannedIn(texts)).toEqual([]);
});
