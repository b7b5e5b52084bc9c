import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calendar, eventsIn, fileOf } from '../calendar/support.ts';
import { buttonsIn, press, sandboxOfFile, textIn } from '../support.ts';
import { botAt, temporaryFolder } from './countdown/support.ts';

const SLOT = 'ballerina/release/theatrical/us';
const sandbox = sandboxOfFile('2025-05-01');
const ask = (text: string, scene: object = {}) => sandbox().command({ text, ...scene });

describe('/wick calendar', () => {
  test('gives the dated releases of a title as a file', async () => {
    const answer = await ask('/wick calendar title:Ballerina');
    expect(answer.reply?.attachments).toMatchObject([
      { filename: 'ballerina.ics', content_type: 'text/calendar' },
    ]);
    const events = eventsIn(await fileOf(answer));
    const us = events.find(({ uid }) => uid.startsWith(SLOT));
    expect(us).toMatchObject({
      start: '2025-06-06',
      end: '2025-06-07',
      status: 'TENTATIVE',
      summary: 'From the World of John Wick: Ballerina (Cinemas, United States)',
    });
    expect(us?.description).toContain('Before: June 7, 2024.');
    expect(us?.description).toMatch(/Sources?: .*\(February 22, 2024\)/);
    expect(textIn(answer)).toContain('**Cinemas, United States**: June 6, 2025');
  });

  test('gives those of every title where none is named, each once', async () => {
    const events = eventsIn(await fileOf(await ask('/wick calendar')));
    const uids = events.map(({ uid }) => uid);
    expect(uids).toContain(`${SLOT}@concierge`);
    expect(uids).toContain('chapter-4/release/theatrical/us@concierge');
    expect(new Set(uids).size).toBe(uids.length);
  });

  test('is the same file, byte by byte, as long as the facts are the same', async () => {
    const one = await fileOf(await ask('/wick calendar title:Ballerina'));
    await sandbox().turn('2025-05-01T18:00:00Z');
    expect(await fileOf(await ask('/wick calendar title:Ballerina', { user: 'john' }))).toBe(one);
  });

  test('a calendar that follows the standard moves the same event when the date moves', async () => {
    const mine = calendar();
    const asOf = async (day: string) => fileOf(await ask(`/wick calendar title:Ballerina as_of:${day}`));
    const us = () => mine.shown().filter(({ uid }) => uid.startsWith(SLOT));
    mine.open(await asOf('2024-01-20'));
    expect(us()).toMatchObject([{ start: '2024-06-07', sequence: 0 }]);
    mine.open(await asOf('2024-03-01'));
    expect(us()).toMatchObject([{ start: '2025-06-06', sequence: 1 }]);
    // An old file that is opened once more does not take the new date back.
    mine.open(await asOf('2024-01-20'));
    expect(us()).toMatchObject([{ start: '2025-06-06', sequence: 1 }]);
  });

  test('as of an earlier day it holds nothing that became known later', async () => {
    const ics = await fileOf(await ask('/wick calendar as_of:2024-01-20'));
    expect(ics).not.toContain('20250606');
    expect(ics).not.toContain('2025');
    const answer = await ask('/wick calendar title:Ballerina as_of:2024-01-20');
    expect(textIn(await press(sandbox(), answer, 'What changed since?'))).toContain('June 6, 2025');
  });

  test('takes an event out of the calendar where the date was given up', async () => {
    const folder = temporaryFolder();
    cpSync('data', folder, { recursive: true });
    const file = join(folder, 'claims/ballerina.json');
    const data = JSON.parse(readFileSync(file, 'utf8'));
    const slot = data.slots.find((one: { slot: string }) => one.slot === SLOT);
    const { date: _, ...last } = slot.claims.find(({ date }: { date?: string }) => date === '2025-06-06');
    const before = slot.claims.filter(({ known }: { known: string }) => known <= '2024-02-22');
    slot.claims = [...before, { ...last, known: '2024-03-01', status: 'dropped' }];
    writeFileSync(file, JSON.stringify(data));
    const own = await botAt('2024-02-25T12:00:00Z', { env: { CONCIERGE_DATA: folder } });
    const mine = calendar();
    mine.open(await fileOf(await own.command('/wick calendar title:Ballerina')));
    expect(mine.shown()).toHaveLength(1);
    await own.turn('2024-03-02T12:00:00Z');
    const answer = await own.command('/wick calendar title:Ballerina');
    expect(textIn(answer)).toContain('one day was given up');
    mine.open(await fileOf(answer));
    expect(mine.shown()).toEqual([]);
  });

  test('says so where no release has a day, and sends no file', async () => {
    const answer = await ask('/wick calendar title:Caine');
    expect(textIn(answer)).toContain('No release has a day yet');
    expect(answer.reply?.attachments).toEqual([]);
  });

  test('a title that is not known is told, with those that come close', async () => {
    const answer = await ask('/wick calendar title:balerino');
    expect(textIn(answer)).toContain('I know no title called “balerino”');
    expect(answer.reply?.attachments).toEqual([]);
  });

  test('answers only to the asker where that is wanted', async () => {
    const answer = await ask('/wick calendar private:true');
    expect(answer.ephemeral).toBe(true);
    expect(eventsIn(await fileOf(answer)).length).toBeGreaterThan(10);
  });

  test('works in a direct message and for those who only installed it for themselves', async () => {
    for (const scene of [{ context: 'dm' }, { install: 'user' }, { context: 'private' }]) {
      expect(eventsIn(await fileOf(await ask('/wick calendar title:Ballerina', scene)))).not.toEqual([]);
    }
  });
});

describe('the button "Add to calendar"', () => {
  test('on a release card gives the file, to the one who presses it', async () => {
    const card = await ask('/ballerina release');
    const file = await press(sandbox(), card, 'Add to calendar');
    expect(file.ephemeral).toBe(true);
    expect(eventsIn(await fileOf(file)).map(({ uid }) => uid)).toContain(`${SLOT}@concierge`);
  });

  test('gives the world of the day that was asked about', async () => {
    const card = await ask('/ballerina release as_of:2024-01-20');
    const [event] = eventsIn(await fileOf(await press(sandbox(), card, 'Add to calendar')));
    expect(event).toMatchObject({ start: '2024-06-07', sequence: 0 });
  });

  test('is not there where no release has a day', async () => {
    const labels = (text: string) => ask(text).then((card) => buttonsIn(card).map(({ label }) => label));
    expect(await labels('/wick film title:Caine')).not.toContain('Add to calendar');
    expect(await labels('/wick film title:Ballerina')).toContain('Add to calendar');
  });

  test('leaves no file behind when a private answer is exchanged for the next', async () => {
    const mine = await ask('/wick calendar title:Ballerina private:true');
    const next = await press(sandbox(), mine, 'Ballerina');
    expect(next.reply?.id).toBe(mine.reply?.id);
    expect(next.reply?.attachments).toEqual([]);
    const back = await press(sandbox(), next, 'Add to calendar');
    expect(back.reply?.attachments).toHaveLength(1);
  });
});
