import { describe, expect, test } from 'vitest';
import { loadData } from '../../src/knowledge/load.ts';
import { embedIn, fieldIn, press, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string) => sandbox().command(`/wick ${text}`);
const titles = Object.entries(loadData('data').facts.titles);

describe('/wick film', () => {
  test.each(titles.map(([id]) => id))('knows %s', async (id) => {
    const answer = await ask(`film title:${id}`);
    const { title, description, footer } = embedIn(answer);
    expect(description).not.toContain('I know no title');
    expect(title).not.toBe(id);
    expect(footer?.text).toMatch(/Known since .* · Sources?: \S/);
  });

  test.each(titles.flatMap(([id, { aliases }]) => aliases.map((alias) => [alias, id] as const)))(
    'knows “%s” as %s',
    async (alias, id) => {
      expect(embedIn(await ask(`film title:${alias}`))).toEqual(embedIn(await ask(`film title:${id}`)));
    },
  );

  test('suggests similar titles for an unknown one', async () => {
    const answer = await ask('film title:Chapter 44');
    expect(embedIn(answer).description).toMatch(
      /^I know no title called “Chapter 44” in this franchise\. Did you mean /,
    );
    expect(textIn(await press(sandbox(), answer, 'Chapter 4'))).toContain('released **March 24, 2023**');
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
    const story = fieldIn(await ask('timeline'), 'Story order');
    const rest = ['Chapter 3', 'Ballerina', 'Chapter 4', 'Caine', 'Under the High Table'];
    expect(numbered(story)).toEqual([...ORDER, ...rest]);
    expect(story).toMatch(/\*\*Caine\*\*: .* _\(not out\)_/);
    expect(story).not.toMatch(/\*\*Chapter 4\*\*: .* _\(not out\)_/);
  });

  test('shows gaps, overlaps and contested spans', async () => {
    const answer = await ask('timeline order:story');
    expect(fieldIn(answer, 'Gaps and overlaps')).toContain('**Chapter 3 → Ballerina**: They overlap');
    expect(fieldIn(answer, 'Gaps and overlaps')).toContain('**John Wick → Chapter 2**: Four days.');
    expect(fieldIn(answer, 'Whole spans')).toContain('**Contested.**');
  });

  test('lists titles in release order with undated ones last', async () => {
    const answer = await ask('timeline order:release');
    const order = numbered(fieldIn(answer, 'Release order'));
    expect(order.slice(0, 1)).toEqual(['John Wick']);
    expect(order.indexOf('Ballerina')).toBeGreaterThan(order.indexOf('The Continental'));
    expect(fieldIn(answer, 'Release order')).toMatch(/\*\*John Wick game\*\*: no date\s*$/);
  });

  test('has a button to the other order', async () => {
    const answer = await ask('timeline');
    expect(embedIn(await press(sandbox(), answer, 'Release order'))).toEqual(
      embedIn(await ask('timeline order:release')),
    );
  });
});

describe('/wick upcoming', () => {
  test('shows the status of each project and that it has no date', async () => {
    const answer = await ask('upcoming');
    const text = textIn(answer);
    for (const title of ['Caine', 'John Wick: Chapter 5', 'John Wick: Under the High Table']) {
      expect(fieldIn(answer, title)).toMatch(/^.*\b(announced|in development|reported)\b.*[\s\S]*no date/);
    }
    expect(text).toContain('A *Ballerina* sequel hasn’t been announced');
  });

  test('shows Ballerina with its planned date as of January 2024', async () => {
    const answer = await ask('upcoming as_of:2024-01-20');
    expect(fieldIn(answer, 'Ballerina')).toContain('Lionsgate has set a US cinema date for *Ballerina*.');
    expect(fieldIn(answer, 'Ballerina')).toContain('June 7, 2024 (planned)');
  });
});
