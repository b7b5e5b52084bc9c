import { describe, expect, test } from 'vitest';
import { loadData } from '../../src/knowledge/load.ts';
import { buttonsIn, everythingIn, partOf, press, QUESTIONS, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();
const titles = Object.keys(loadData('data').facts.titles);
const films = titles.map((title) => `/wick film title:${title}`);
const members = loadData('data')
  .facts.asOf('2026-11-22')
  .of('role', ({ title }) => title === 'ballerina')
  .map(({ slot }) => `/ballerina cast person:${slot.person}`);
const all = [...QUESTIONS, ...films, ...members];

/** Every sentence of the data that is a spoiler, those of earlier claims included. */
const spoilers: string[] = (() => {
  const { all } = loadData('data').facts.asOf('9999-12-31');
  return all.flatMap(({ slot: { claims } }) =>
    claims.flatMap((claim) => [
      ...('spoilerText' in claim && claim.spoilerText ? [claim.spoilerText.en] : []),
      ...(claim.spoilerNote ? [claim.spoilerNote.en] : []),
      ...(claim.spoiler && 'text' in claim ? [claim.text.en] : []),
    ]),
  );
})();

/** The text outside of Discord's spoiler bars. */
const open = (text: string) => text.replace(/\|\|[^|]+\|\|/g, '');

test('the data contains spoilers', () => {
  expect(spoilers.length).toBeGreaterThan(8);
});

describe('answers without spoilers:true', () => {
  test.each(all)('%s contains no spoiler', async (question) => {
    const answer = await sandbox().command(question);
    const text = JSON.stringify(answer.reply) + (await everythingIn(sandbox(), answer));
    for (const spoiler of spoilers) expect(text).not.toContain(spoiler);
    expect(text).not.toContain('||');
  });
});

describe('spoilers on request', () => {
  const askable = all.filter((question) => /plot|timeline|film|cast/.test(question));

  test.each(askable)('%s shows spoilers only inside spoiler bars', async (question) => {
    const text = await everythingIn(sandbox(), await sandbox().command(`${question} spoilers:true`));
    for (const spoiler of spoilers) expect(open(text)).not.toContain(spoiler);
  });

  test.each([
    ['/ballerina plot', 'older sister'],
    ['/ballerina plot', 'the Chancellor’s own son'],
    ['/wick film title:chapter-4', 'dies at the Osaka Continental'],
  ])('%s shows on request the spoiler: %s', async (question, secret) => {
    const answer = await sandbox().command(question);
    expect(textIn(answer)).toContain('Spoilers hidden');
    const told = await partOf(sandbox(), answer, 'Spoilers');
    expect(told).toMatch(new RegExp(`\\|\\|[^|]*${secret}[^|]*\\|\\|`));
    expect(told).not.toContain('Spoilers hidden');
  });

  test('an answer without spoilers has no button for them', async () => {
    const labels = buttonsIn(await sandbox().command('/ballerina producers')).map(({ label }) => label);
    expect(labels).not.toContain('Spoilers');
  });

  test('the button "Spoilers" of a public answer replies privately', async () => {
    const answer = await sandbox().command('/ballerina plot');
    expect((await press(sandbox(), answer, 'Spoilers')).ephemeral).toBe(true);
  });
});
