import { describe, expect, test } from 'vitest';
import { embedIn, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string) => sandbox().command(`/ballerina release ${text}`);

describe('by region', () => {
  test.each([
    ['JP', 'opened in cinemas on **August 22, 2025** (Japan)'],
    ['jp', 'opened in cinemas on **August 22, 2025** (Japan)'],
    ['Japan', 'opened in cinemas on **August 22, 2025** (Japan)'],
    ['india', 'opened in cinemas on **June 13, 2025** (India)'],
    ['GB', 'opened in cinemas on **June 6, 2025** (United Kingdom)'],
    ['uk', 'opened in cinemas on **June 6, 2025** (United Kingdom)'],
    ['America', 'opened in cinemas on **June 6, 2025** (United States)'],
    ['Czechia', 'planned for cinemas on **June 5, 2025** (Czechia)'],
  ])('%s', async (region, lead) => {
    expect(embedIn(await ask(`region:${region}`)).description).toContain(lead);
  });

  test('only that region is told of', async () => {
    expect(textIn(await ask('region:JP'))).not.toContain('United States');
  });

  test('a weak source is called one', async () => {
    expect(textIn(await ask(''))).toContain(
      '**Cinemas, Czechia**: was planned for June 5, 2025; not confirmed _(one weak source)_',
    );
  });

  test.each(['Atlantis', 'XX', 'Canada', '**bold**'])(
    '%s is not known, and those that are are named',
    async (region) => {
      const { description = '' } = embedIn(await ask(`region:${region}`));
      expect(description).toContain('I know no release of *Ballerina* in');
      expect(description).toContain('Japan');
    },
  );

  test('only the regions of that day are known', async () => {
    expect(embedIn(await ask('region:Japan as_of:2024-01-20')).description).toBe(
      'I know no release of *Ballerina* in “Japan”. Known: United States.',
    );
  });
});

describe('while a region is typed', () => {
  const offered = async (text: string) =>
    ((await sandbox().autocomplete(`/ballerina release ${text}`)).choices ?? []).map(({ name, value }) => [
      name,
      value,
    ]);

  test('all are offered at first', async () => {
    const regions = await offered('region:');
    expect(regions[0]).toEqual(['United States', 'US']);
    expect(regions.length).toBeGreaterThan(10);
  });

  test.each([
    ['jap', 'Japan', 'JP'],
    ['usa', 'United States', 'US'],
    ['uk', 'United Kingdom', 'GB'],
    ['czehcia', 'Czechia', 'CZ'],
  ])('“%s” offers %s first', async (typed, name, code) => {
    expect((await offered(`region:${typed}`))[0]).toEqual([name, code]);
  });

  test('as of January 2024 there is one', async () => {
    expect(await offered('as_of:2024-01-20 region:')).toEqual([['United States', 'US']]);
  });
});

test('a date that is only a month says only the month', async () => {
  expect(textIn(await ask(''))).toMatch(/\*\*Disc, United States\*\*: September 2025 —/);
});
