import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { addClaim } from '../../scripts/add-claim.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';

/** Types the answers, in a copy of the data. */
async function add(...answers: string[]) {
  const folder = join(temporaryFolder(), 'data');
  cpSync('data', folder, { recursive: true });
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  output.on('data', (chunk) => {
    said += chunk;
  });
  input.end(`${answers.join('\n')}\n`);
  const written = await addClaim({ input, output, folder, today: '2026-11-22' });
  await new Promise(setImmediate);
  return { folder, written, said };
}

test('a release that moved is written at its place, with a new source', async () => {
  const { folder, written } = await add(
    'caine/release/theatrical/us',
    'planned',
    '2027-05-07',
    '2026-11-20',
    'medium',
    'moved',
    'some-page-caine',
    'Some Page',
    'some.page/caine',
    '2026-11-20',
  );
  expect(written).toBe(true);
  const known = loadData(folder).facts.asOf('2026-11-20').get('caine/release/theatrical/us');
  expect(known?.claim).toMatchObject({ status: 'planned', date: '2027-05-07', change: 'moved' });
  expect(loadData(folder).facts.asOf('2026-11-19').get('caine/release/theatrical/us')?.claim).toMatchObject({
    status: 'undated',
  });
});

test('a sentence keeps what is left empty, and a source that is there is not asked for again', async () => {
  const { folder, written } = await add(
    'ballerina/streaming',
    'confirmed',
    'It streams on Starz in the United States.',
    '',
    '',
    '',
    'showtime-spot-starz',
  );
  expect(written).toBe(true);
  expect(loadData(folder).facts.asOf('2026-11-22').get('ballerina/streaming')?.claim).toMatchObject({
    known: '2026-11-22',
    confidence: 'medium',
    change: 'refined',
    text: { en: 'It streams on Starz in the United States.' },
  });
});

test.each([
  [['nobody/knows'], 'There is no such slot.'],
  [
    ['caine/release/theatrical/us', 'planned', '2025-13-40', '', '', '', 'comicbook-caine-cast'],
    'Nothing was written.',
  ],
  [
    ['caine/release/theatrical/us', 'released', '2027-01-01', '2026-11-20', '', '', 'comicbook-caine-cast'],
    'is it "planned"?',
  ],
])('nothing is written of %j, and why is told', async (answers, words) => {
  const { folder, written, said } = await add(...answers);
  expect([written, said.includes(words)], said).toEqual([false, true]);
  expect(readFileSync(join(folder, 'claims/caine.json'), 'utf8')).toBe(
    readFileSync('data/claims/caine.json', 'utf8'),
  );
});
