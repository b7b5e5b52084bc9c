import { describe, expect, test } from 'vitest';
import { everythingIn, leadIn, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const ask = (text: string) => sandbox().command(`/ballerina release ${text}`);

describe('/ballerina release with a region', () => {
  test.each([
    ['JP', 'opened in cinemas on **August 22, 2025** (Japan)'],
    ['jp', 'opened in cinemas on **August 22, 2025** (Japan)'],
    ['Japan', 'opened in cinemas on **August 22, 2025** (Japan)'],
    ['india', 'opened in cinemas on **June 13, 2025** (India)'],
    ['GB', 'opened in cinemas on **June 6, 2025** (United Kingdom)'],
    ['uk', 'opened in cinemas on **June 6, 2025** (United Kingdom)'],
    ['America', 'opened in cinemas on **June 6, 2025** (United States)'],
    ['Czechia', 'planned for cinemas on **June 5, 2025** (Czechia)'],
  ])('finds the release in %s', async (region, lead) => {
    expect(leadIn(await ask(`region:${region}`))).toContain(lead);
  });

  test('shows only that region', async () => {
    expect(textIn(await ask('region:JP'))).not.toContain('United States');
  });

  test('marks a weak source without a region', async () => {
    expect(await everythingIn(sandbox(), await ask(''))).toContain(
      '**Cinemas, Czechia**: was planned for June 5, 2025; not confirmed (one source)',
    );
  });

  test.each(['Atlantis', 'XX', 'Canada', '**bold**'])(
    'refuses the unknown region %s and lists the known ones',
    async (region) => {
      const description = leadIn(await ask(`region:${region}`));
      expect(description).toContain('I don’t know a release of *Ballerina* in');
      expect(description).toContain('Japan');
    },
  );

  test('knows only the regions known on the day in as_of', async () => {
    expect(leadIn(await ask('region:Japan as_of:2024-01-20')).split('\n')[0]).toBe(
      'I don’t know a release of *Ballerina* in “Japan”. Known: United States.',
    );
  });
});

describe('autocomplete of a release region', () => {
  const offered = async (text: string) =>
    ((await sandbox().autocomplete(`/ballerina release ${text}`)).choices ?? []).map(({ name, value }) => [
      name,
      value,
    ]);

  test('suggests all regions before anything is typed', async () => {
    const regions = await offered('region:');
    expect(regions[0]).toEqual(['United States', 'US']);
    expect(regions.length).toBeGreaterThan(10);
  });

  test.each([
    ['jap', 'Japan', 'JP'],
    ['usa', 'United States', 'US'],
    ['uk', 'United Kingdom', 'GB'],
    ['czehcia', 'Czechia', 'CZ'],
  ])('suggests for “%s” %s first', async (typed, name, code) => {
    expect((await offered(`region:${typed}`))[0]).toEqual([name, code]);
  });

  test('suggests a single region as of January 2024', async () => {
    expect(await offered('as_of:2024-01-20 region:')).toEqual([['United States', 'US']]);
  });
});

test('/ballerina release shows only the month of a date without a day', async () => {
  expect(textIn(await ask(''))).toMatch(/\*\*Disc, United States\*\*: September 2025$/m);
});
