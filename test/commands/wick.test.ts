import { describe, expect, test } from 'vitest';
import { loadData } from '../../src/knowledge/load.ts';
import {
  everythingIn,
  leadIn,
  partOf,
  press,
  SOURCE,
  sandboxOfFile,
  sourceLineIn,
  textIn,
  titleIn,
} from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string) => sandbox().command(`/wick ${text}`);
const titles = Object.entries(loadData('data').facts.titles);

describe('/wick film', () => {
  test.each(titles.map(([id]) => id))('knows %s', async (id) => {
    const answer = await ask(`film title:${id}`);
    expect(leadIn(answer)).not.toContain('I don’t know a title');
    expect(titleIn(answer)).not.toBe(id);
    expect(sourceLineIn(answer)).toMatch(SOURCE);
  });

  test.each(titles.flatMap(([id, { aliases }]) => aliases.map((alias) => [alias, id] as const)))(
    'knows “%s” as %s',
    async (alias, id) => {
      const [byAlias, byId] = [await ask(`film title:${alias}`), await ask(`film title:${id}`)];
      expect(byAlias.reply?.components).toEqual(byId.reply?.components);
    },
  );

  test('suggests similar titles for an unknown one', async () => {
    const answer = await ask('film title:Chapter 44');
    expect(leadIn(answer)).toMatch(/^I don’t know a title called “Chapter 44”\. Did you mean /);
    expect(textIn(await press(sandbox(), answer, 'Chapter 4'))).toContain('came out on **March 24, 2023**');
  });

  test('suggests all titles, and the best match first while typing', async () => {
    const all = await sandbox().autocomplete('/wick film title:');
    expect(all.choices).toHaveLength(titles.length);
    const some = await sandbox().autocomplete('/wick film title:parabelum');
    expect(some.choices?.[0]).toEqual({ name: 'John Wick: Chapter 3 – Parabellum', value: 'chapter-3' });
  });

  test('suggests only titles known on the day in as_of', async () => {
    const { choices = [] } = await sandbox().autocomplete('/wick film as_of:2024-01-20 title:');
    expect(choices.map(({ value }) => value)).not.toContain('caine');
    expect(choices.map(({ value }) => value)).toContain('ballerina');
  });
});

describe('/wick timeline', () => {
  const ORDER = [
    'The Continental',
    'The Book of Rules',
    'John Wick game',
    'Hex',
    'Animated prequel',
    'Ballerina',
    'John Wick',
    'Chapter 2',
  ];
  const numbered = (text: string) =>
    [...text.matchAll(/^(\d+)\. \*\*(.+?)\*\*/gm)].map(([, , title]) => title);

  test('lists titles in story order and marks unreleased ones', async () => {
    const story = textIn(await ask('timeline order:story'));
    const rest = ['Chapter 3', 'Ballerina', 'Chapter 4', 'Caine', 'Under the High Table'];
    expect(numbered(story)).toEqual([...ORDER, ...rest]);
    expect(story).toMatch(/\*\*Caine\*\*: .* _\(not out\)_/);
    expect(story).not.toMatch(/\*\*Chapter 4\*\*: .* _\(not out\)_/);
  });

  test('shows gaps, overlaps and contested spans', async () => {
    const answer = await ask('timeline order:story');
    const more = await partOf(sandbox(), answer, 'More');
    expect(more).toContain('**Chapter 3 → Ballerina**: They overlap');
    expect(more).toContain('**John Wick → Chapter 2**: Four days.');
    expect(more.slice(more.indexOf('Whole spans'))).toContain('**Contested.**');
  });

  test('lists titles in release order with undated ones last', async () => {
    const text = await everythingIn(sandbox(), await ask('timeline'));
    const order = numbered(text);
    expect(order.slice(0, 1)).toEqual(['John Wick']);
    expect(order.indexOf('Ballerina')).toBeGreaterThan(order.indexOf('The Continental'));
    expect(text).toMatch(/\*\*John Wick game\*\*: no date$/m);
    expect(order.indexOf('John Wick game')).toBeGreaterThan(order.indexOf('Ballerina'));
  });

  test('has a button to the other order', async () => {
    const answer = await ask('timeline');
    const story = await press(sandbox(), answer, 'Story order');
    expect(story.reply?.components).toEqual((await ask('timeline order:story')).reply?.components);
  });
});

describe('/wick upcoming', () => {
  test('shows the status of each project and that it has no date', async () => {
    const answer = await ask('upcoming');
    const text = textIn(answer);
    for (const title of ['Caine', 'Chapter 5', 'Under the High Table']) {
      expect(text).toMatch(new RegExp(`\\*${title}\\* .*\\b(announced|in development|reported)\\b`));
    }
    expect(leadIn(answer)).toContain('none with a release date');
    expect(await partOf(sandbox(), answer, 'More')).toContain('A *Ballerina* sequel hasn’t been announced');
  });

  test('shows Ballerina with its planned date as of January 2024', async () => {
    const answer = await ask('upcoming as_of:2024-01-20');
    expect(textIn(answer)).toContain('Lionsgate has set a US cinema date for *Ballerina*.');
    expect(await everythingIn(sandbox(), answer)).toContain('June 7, 2024 (planned)');
  });
});
