import { describe, expect, test } from 'vitest';
import { buttonsIn, embedIn, fieldIn, press, QUESTIONS, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string) => sandbox().command(text);

/** What each question is answered with: the title and the beginning of the lead. */
const LEADS: Record<(typeof QUESTIONS)[number], [title: string, lead: string]> = {
  '/ballerina overview': [
    'From the World of John Wick: Ballerina',
    '*Ballerina* is the fifth John Wick film',
  ],
  '/ballerina release': ['Ballerina · Release', '*Ballerina* opened in cinemas on **June 6, 2025**'],
  '/ballerina cast': ['Ballerina · Cast', '**Ana de Armas** leads the cast'],
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
  '/wick timeline': ['The John Wick timeline', 'The story in its own order.'],
  '/wick timeline order:release': ['The John Wick timeline', 'In order of release.'],
  '/wick film title:ballerina': [
    'From the World of John Wick: Ballerina',
    '*Ballerina*, film: released **June 6, 2025**',
  ],
  '/wick upcoming': ['What is announced', '5 projects are announced, none with a release date.'],
};

describe.each(QUESTIONS)('%s', (question) => {
  test('answers publicly with a short lead, sources and their day', async () => {
    const answer = await ask(question);
    const [title, lead] = LEADS[question];
    const embed = embedIn(answer);
    expect(embed.title).toBe(title);
    expect(embed.description?.startsWith(lead), embed.description).toBe(true);
    expect(embed.footer?.text).toMatch(
      /^(Known since|Newest of this known since) \w+ \d{1,2}, \d{4} · Sources?: .+/,
    );
    expect(embed.color).toBe(0xc8a24a);
    expect(answer.ephemeral).toBe(false);
    expect(answer.reply?.content).toBe('');
    expect(buttonsIn(answer).map(({ label }) => label)).not.toContain('What changed since?');
  });

  test('answers privately with private:true', async () => {
    const answer = await ask(`${question} private:true`);
    expect(answer.ephemeral).toBe(true);
    expect(embedIn(answer)).toEqual(embedIn(await ask(question)));
  });

  test('has buttons to other topics that all answer', async () => {
    const answer = await ask(question);
    const labels = buttonsIn(answer).map(({ label }) => label);
    expect(labels.length).toBeGreaterThanOrEqual(3);
    for (const label of labels) {
      const next = await press(sandbox(), answer, label);
      expect(next.error, label).toBeUndefined();
      expect(next.ephemeral, label).toBe(true);
      expect(embedIn(next).title, label).toBeTruthy();
      expect(embedIn(next).description, label).not.toMatch(/^I have no source/);
    }
  });
});

describe('the field "Before" of an answer', () => {
  test.each([
    ['/ballerina release', 'was planned for June 7, 2024 _(known since April 4, 2023'],
    [
      '/ballerina overview',
      'Until February 22, 2024: **Cinemas, United States**: was planned for June 7, 2024',
    ],
    ['/ballerina cast', 'Until September 26, 2024: **Ana de Armas**: Rooney'],
    ['/ballerina plot', 'hunts the people who murdered her family'],
    ['/ballerina setting', 'about six months after the third film'],
    ['/ballerina trailer', 'No trailer for *Ballerina* has been released yet.'],
    ['/ballerina streaming', 'will reportedly stream on Peacock'],
    ['/ballerina sequel', 'Producer Erica Lee is hopeful'],
    ['/ballerina cast person:Reedus', 'Until June 5, 2025: **Norman Reedus**: a role not disclosed'],
  ])('%s shows: %s', async (question, before) => {
    expect(fieldIn(await ask(question), 'Before')).toContain(before);
  });

  test('omits a plan that came true', async () => {
    expect(fieldIn(await ask('/ballerina release'), 'Before')).not.toContain(
      '**Cinemas, United States**: was planned for June 6, 2025',
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
    ['/wick timeline', /seven to eight months.*\(BadTaste\).*\n.*Three months.*\(Supernayr\)/],
  ])('%s shows both sides', async (question, sides) => {
    const text = textIn(await ask(question));
    expect(text).toContain('**Contested.** The sources disagree:');
    expect(text).toMatch(sides);
  });
});

describe('unknown facts', () => {
  test.each([
    ['/wick upcoming', 'no date'],
    ['/ballerina release', 'Exact date unknown.'],
    ['/ballerina sequel', '(as of June 2025)'],
    ['/ballerina cast person:Maaser', 'in a role that was not disclosed'],
    ['/wick timeline', 'Place in the story not known'],
    ['/ballerina reddick', 'It isn’t known which role Lance Reddick filmed last.'],
  ])('%s shows: %s', async (question, words) => {
    expect(textIn(await ask(question))).toContain(words);
  });
});

test('no current answer contains a raw id, an empty value or a timestamp', async () => {
  for (const question of QUESTIONS) {
    const text = textIn(await ask(question));
    expect(text, question).not.toMatch(/undefined|null|NaN|\[object|<t:\d/);
    expect(text, question).not.toMatch(/\b(chapter-\d|john-wick|ana-de-armas|the-continental|001)\b/);
  }
});
