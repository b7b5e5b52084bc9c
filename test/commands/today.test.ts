import { describe, expect, test } from 'vitest';
import {
  buttonsIn,
  everythingIn,
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
const ask = (text: string) => sandbox().command(text);

/** What each question is answered with: the title and the beginning of the lead. */
const LEADS: Record<(typeof QUESTIONS)[number], [title: string, lead: string]> = {
  '/ballerina overview': [
    'From the World of John Wick: Ballerina',
    '*Ballerina* is the fifth John Wick film',
  ],
  '/ballerina release': ['Ballerina · Release', '*Ballerina* opened in cinemas on **June 6, 2025**'],
  '/ballerina cast': ['Ballerina · Cast', '**Ana de Armas** leads a cast of 18'],
  '/ballerina director': ['Ballerina · Director', '*Ballerina* is directed by **Len Wiseman**.'],
  '/ballerina writers': ['Ballerina · Writers', '*Ballerina* is written by **Shay Hatten**.'],
  '/ballerina producers': [
    'Ballerina · Producers',
    '*Ballerina* is produced by **Basil Iwanyk, Erica Lee, and Chad Stahelski**.',
  ],
  '/ballerina plot': ['Ballerina · Plot', 'Eve Macarro, trained by the Ruska Roma'],
  '/ballerina setting': ['Ballerina · Setting', '*Ballerina* starts during *Chapter 3 – Parabellum*'],
  '/ballerina keanu': ['Ballerina · Keanu Reeves', 'Keanu Reeves plays John Wick'],
  '/ballerina reddick': ['Ballerina · Lance Reddick', 'Lance Reddick plays Charon'],
  '/ballerina trailer': ['Ballerina · Trailers', 'The first trailer came out on **September 26, 2024**'],
  '/ballerina streaming': [
    'Ballerina · At home',
    '*Ballerina* has been streaming on Starz in the United States',
  ],
  '/ballerina sequel': ['Ballerina · Sequel', 'No sequel to *Ballerina* has been greenlit'],
  '/wick timeline': ['The John Wick timeline', 'In order of release.'],
  '/wick timeline order:story': ['The John Wick timeline', 'In story order.'],
  '/wick film title:ballerina': [
    'From the World of John Wick: Ballerina',
    '*Ballerina* is a film that came out on **June 6, 2025**',
  ],
  '/wick upcoming': ['What’s announced', '5 projects are announced, none with a release date.'],
};

describe.each(QUESTIONS)('%s', (question) => {
  test('answers publicly with a short lead, sources and their day', async () => {
    const answer = await ask(question);
    const [title, lead] = LEADS[question];
    expect(titleIn(answer)).toBe(title);
    expect(leadIn(answer).startsWith(lead), leadIn(answer)).toBe(true);
    expect(sourceLineIn(answer)).toMatch(SOURCE);
    expect(answer.reply?.components).toMatchObject([{ type: 17, accent_color: 0xc8a24a }]);
    expect(answer.reply?.embeds).toEqual([]);
    expect(answer.ephemeral).toBe(false);
    expect(answer.reply?.content).toBe('');
    expect(buttonsIn(answer).map(({ label }) => label)).not.toContain('What changed since?');
  });

  test('answers privately with private:true', async () => {
    const answer = await ask(`${question} private:true`);
    expect(answer.ephemeral).toBe(true);
    expect(answer.reply?.components).toEqual((await ask(question)).reply?.components);
  });

  test('has buttons to other topics that all answer', async () => {
    const answer = await ask(question);
    const labels = buttonsIn(answer).map(({ label }) => label);
    expect(labels.length).toBeGreaterThanOrEqual(3);
    for (const label of labels) {
      const next = await press(sandbox(), answer, label);
      expect(next.error, label).toBeUndefined();
      expect(next.ephemeral, label).toBe(true);
      expect(textIn(next), label).toBeTruthy();
      expect(textIn(next), label).not.toMatch(/Nothing was known/);
    }
  });
});

describe('the button "History" of an answer', () => {
  test.each([
    [
      '/ballerina release',
      'Apr 4, 2023 – Feb 22, 2024: **Cinemas, United States**: planned for June 7, 2024',
    ],
    ['/ballerina overview', 'Feb 22, 2024: **Cinemas, United States**: planned for June 7, 2024'],
    ['/ballerina cast', 'Sep 26, 2024: **Ana de Armas**: Rooney'],
    ['/ballerina plot', 'hunts the people who murdered her family'],
    ['/ballerina setting', 'about six months after the third film'],
    ['/ballerina trailer', 'No trailer for *Ballerina* has been released yet.'],
    ['/ballerina streaming', 'will reportedly stream on Peacock'],
    ['/ballerina sequel', 'Producer Erica Lee is hopeful'],
    ['/ballerina cast person:Reedus', 'Jun 5, 2025: **Norman Reedus**: an undisclosed role'],
  ])('%s shows: %s', async (question, before) => {
    expect(await partOf(sandbox(), await ask(question), 'History')).toContain(before);
  });

  test('omits a plan that came true', async () => {
    expect(await partOf(sandbox(), await ask('/ballerina release'), 'History')).not.toContain(
      '**Cinemas, United States**: planned for June 6, 2025',
    );
  });
});

describe('contested facts with both sides and their publishers', () => {
  test.each([
    ['/ballerina cast', /Eve is the dancer from .*\(The Escapist.*\n.*Eve is a new character.*\(BeGeek/],
    [
      '/ballerina director',
      /Stahelski reshot most of the film.*\(ComicBook.*\n.*makers deny it.*\(SlashFilm/,
    ],
    ['/ballerina keanu', /extended cameo.*\(Far Out\).*\n.*a real character.*\(Collider\)/],
    ['/ballerina reddick', /lists heart disease.*\(ComicBook.*\n.*disputes that.*\(We Got This Covered/],
    ['/wick timeline order:story', /seven to eight months.*\(BadTaste\).*\n.*Three months.*\(Supernayr\)/],
  ])('%s shows both sides', async (question, sides) => {
    const text = await everythingIn(sandbox(), await ask(question));
    expect(text).toContain('**Contested.** The sources disagree:');
    expect(text).toMatch(sides);
  });
});

describe('unknown facts', () => {
  test.each([
    ['/wick upcoming', 'no date'],
    ['/ballerina release', 'Exact date unknown.'],
    ['/ballerina sequel', '(as of June 2025)'],
    ['/ballerina cast person:Maaser', 'in an undisclosed role'],
    ['/wick timeline order:story', 'Place in the story not known'],
    ['/ballerina reddick', 'It isn’t known which role Lance Reddick filmed last.'],
  ])('%s shows: %s', async (question, words) => {
    expect(await everythingIn(sandbox(), await ask(question))).toContain(words);
  });
});

test('no current answer contains a raw id, an empty value or a timestamp', async () => {
  for (const question of QUESTIONS) {
    const text = await everythingIn(sandbox(), await ask(question));
    expect(text, question).not.toMatch(/undefined|null|NaN|\[object|<t:\d/);
    expect(text.replace(/\]\(\S+\)/g, ']'), question).not.toMatch(
      /\b(chapter-\d|john-wick|ana-de-armas|the-continental|001)\b/,
    );
  }
});
