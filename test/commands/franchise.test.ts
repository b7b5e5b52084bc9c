import { describe, expect, test } from 'vitest';
import { buttonsIn, everythingIn, leadIn, press, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string) => sandbox().command(`/wick ${text}`);
const names = async (text: string) =>
  (await sandbox().autocomplete(`/wick ${text}`)).choices?.map(({ name }) => name) ?? [];

describe('/wick cast', () => {
  test.each([
    ['cast title:chapter-3', '**Halle Berry**: Sofia'],
    ['cast title:chapter-3 person:Sofia', '**Halle Berry** plays **Sofia** in *Chapter 3*.'],
    ['cast title:chapter-2 person:fishburne', '*Chapter 4*: The Bowery King'],
    ['cast title:The Continental', '**Colin Woodell**: Winston Scott'],
    ['cast title:chapter-3 person:Nemo', 'I don’t know anyone called “Nemo” in the cast of *Chapter 3*.'],
    ['cast title:nonsense', 'I don’t know a title called “nonsense”'],
  ])('%s shows: %s', async (text, words) => {
    expect(await everythingIn(sandbox(), await ask(text))).toContain(words);
  });

  test('suggests titles, and the cast of the given title', async () => {
    expect(await names('cast title:chapter 3')).toContain('John Wick: Chapter 3 – Parabellum');
    expect(await names('cast title:chapter-3 person:hal')).toEqual(['Halle Berry – Sofia']);
  });

  test('omits cast announced after the day in as_of', async () => {
    expect(textIn(await ask('cast title:chapter-4 as_of:2022-01-01'))).not.toContain('Akira');
  });
});

describe('/wick lore', () => {
  test.each([
    ['lore', '12 terms from the world of John Wick.'],
    ['lore term:marker', 'Whoever holds it may claim one favor.'],
    ['lore term:blood oath', 'medallion with a blood print'],
    ['lore term:coins', 'currency of the underworld'],
    ['lore term:high-table', 'twelve crime lords'],
    ['lore term:the car', 'Boss 429'],
    ['lore term:spaceship', 'I don’t know “spaceship” in the world of John Wick.'],
  ])('%s shows: %s', async (text, words) => {
    expect(await everythingIn(sandbox(), await ask(text))).toContain(words);
  });

  test('knows only terms known on the day in as_of', async () => {
    expect(textIn(await ask('lore as_of:2018-01-01'))).not.toMatch(/Elder|Kikimora|xcommunicado/);
    expect(await names('lore as_of:2018-01-01 term:kiki')).toEqual([]);
  });
});

describe('/wick where', () => {
  test.each([
    [
      'where title:ballerina',
      'streaming on Starz in the United States since September 25, 2025. As of March 2026.',
    ],
    ['where title:john-wick', 'to Hulu on January 1, 2025. As of January 5, 2025.'],
    ['where title:chapter-2', 'January 1, 2025 on Hulu'],
    ['where title:ballerina region:PL', 'Rakuten TV'],
    ['where title:ballerina region:Atlantis', 'I don’t know a release of *Ballerina* in “Atlantis”'],
    ['where title:caine', 'I don’t know where you can watch *Caine*.'],
  ])('%s shows: %s', async (text, words) => {
    expect(await everythingIn(sandbox(), await ask(text))).toContain(words);
  });

  test('does not name a service of the United States for another region', async () => {
    expect(textIn(await ask('where title:ballerina region:DE'))).not.toContain('Starz');
  });

  test('names the service known on the day in as_of', async () => {
    expect(textIn(await ask('where title:ballerina as_of:2024-03-01'))).toContain('Peacock');
  });
});

describe('/wick ask', () => {
  test('answers a question and suggests questions', async () => {
    const answer = await ask('ask question:who plays sofia in chapter 3');
    expect(leadIn(answer)).toMatch(/^\*\*Halle Berry\*\* plays \*\*Sofia\*\*/);
    expect(await names('ask question:who plays w')).toContain('Who plays Winston Scott in Ballerina?');
  });
});

describe('/wick film', () => {
  test('shows the filming dates and a button to the cast', async () => {
    const answer = await ask('film title:chapter-4');
    expect(await everythingIn(sandbox(), answer)).toContain(
      '*Chapter 4* was filmed from June to October 2021',
    );
    expect(buttonsIn(answer).map(({ label }) => label)).toContain('Cast');
    expect(textIn(await press(sandbox(), answer, 'Cast'))).toContain('Donnie Yen');
  });
});

describe('/wick subcommands', () => {
  test.each(['cast title:chapter-4', 'lore', 'where title:ballerina', 'ask question:how does chapter 4 end'])(
    '%s answers privately with private:true',
    async (text) => {
      const answer = await ask(`${text} private:true`);
      expect(answer.ephemeral).toBe(true);
      expect(leadIn(answer)).toBeTruthy();
    },
  );

  test.each(['cast title:chapter-4', 'film title:chapter-4', 'ask question:how does chapter 4 end'])(
    '%s shows spoilers only with spoilers:true',
    async (text) => {
      expect(await everythingIn(sandbox(), await ask(text))).not.toMatch(/seems to die|Charon dies/);
      expect(await everythingIn(sandbox(), await ask(`${text} spoilers:true`))).toMatch(
        /\|\|.*(seems to die|Charon dies)/,
      );
    },
  );
});
