import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calendar, eventsIn, fileOf } from '../calendar/support.ts';
import { buttonsIn, partOf, press, sandboxOfFile, textIn } from '../support.ts';
import { botAt, temporaryFolder } from './countdown/support.ts';

const SLOT = 'ballerina/release/theatrical/us';
const sandbox = sandboxOfFile('2025-05-01');
const ask = (text: string, scene: object = {}) => sandbox().command({ text, ...scene });

describe('/wick calendar', () => {
  test('attaches the dated releases of a title as a file', async () => {
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
    expect(us?.description).toContain('Previously: June 7, 2024.');
    expect(us?.description).toMatch(/Sources?: .*\(February 22, 2024\)/);
    expect(await partOf(sandbox(), answer, 'More')).toContain('**Cinemas, United States**: June 6, 2025');
  });

  test('attaches the releases of all titles once each when no title is given', async () => {
    const events = eventsIn(await fileOf(await ask('/wick calendar')));
    const uids = events.map(({ uid }) => uid);
    expect(uids).toContain(`${SLOT}@concierge`);
    expect(uids).toContain('chapter-4/release/theatrical/us@concierge');
    expect(new Set(uids).size).toBe(uids.length);
  });

  test('attaches an identical file while the facts stay the same', async () => {
    const one = await fileOf(await ask('/wick calendar title:Ballerina'));
    await sandbox().turn('2025-05-01T18:00:00Z');
    expect(await fileOf(await ask('/wick calendar title:Ballerina', { user: 'john' }))).toBe(one);
  });

  test('updates the same event in a calendar when the date moves', async () => {
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

  test('contains nothing that became known after the day in as_of', async () => {
    const ics = await fileOf(await ask('/wick calendar as_of:2024-01-20'));
    expect(ics).not.toContain('20250606');
    expect(ics).not.toContain('2025');
    const answer = await ask('/wick calendar title:Ballerina as_of:2024-01-20');
    expect(textIn(await press(sandbox(), answer, 'What changed since?'))).toContain('June 6, 2025');
  });

  test('removes the event from a calendar when its date is dropped', async () => {
    const folder = temporaryFolder();
    cpSync('data', folder, { recursive: true });
    const file = join(folder, 'claims/ballerina.json');
    const data = JSON.parse(readFileSync(file, 'utf8'));
    const slot = data.slots.find((entry: { slot: string }) => entry.slot === SLOT);
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
    expect(textIn(answer)).toContain('one that was dropped');
    mine.open(await fileOf(answer));
    expect(mine.shown()).toEqual([]);
  });

  test('says that no release has a day and attaches no file', async () => {
    const answer = await ask('/wick calendar title:Caine');
    expect(textIn(answer)).toContain('No release has a date yet');
    expect(answer.reply?.attachments).toEqual([]);
  });

  test('refuses an unknown title without a file', async () => {
    const answer = await ask('/wick calendar title:balerino');
    expect(textIn(answer)).toContain('I don’t know a title called “balerino”');
    expect(answer.reply?.attachments).toEqual([]);
  });

  test('answers privately with private:true', async () => {
    const answer = await ask('/wick calendar private:true');
    expect(answer.ephemeral).toBe(true);
    expect(eventsIn(await fileOf(answer)).length).toBeGreaterThan(10);
  });

  test('works in direct messages, private channels and user installations', async () => {
    for (const scene of [{ context: 'dm' }, { install: 'user' }, { context: 'private' }]) {
      expect(eventsIn(await fileOf(await ask('/wick calendar title:Ballerina', scene)))).not.toEqual([]);
    }
  });
});

describe('the button "Add to calendar"', () => {
  test('privately gives the file of a release answer', async () => {
    const card = await ask('/ballerina release');
    const file = await press(sandbox(), card, 'Add to calendar');
    expect(file.ephemeral).toBe(true);
    expect(eventsIn(await fileOf(file)).map(({ uid }) => uid)).toContain(`${SLOT}@concierge`);
  });

  test('gives the releases as of the day of the answer', async () => {
    const card = await ask('/ballerina release as_of:2024-01-20');
    const [event] = eventsIn(await fileOf(await press(sandbox(), card, 'Add to calendar')));
    expect(event).toMatchObject({ start: '2024-06-07', sequence: 0 });
  });

  test('is missing when no release has a day', async () => {
    const labels = (text: string) => ask(text).then((card) => buttonsIn(card).map(({ label }) => label));
    expect(await labels('/wick film title:Caine')).not.toContain('Add to calendar');
    expect(await labels('/wick film title:Ballerina')).toContain('Add to calendar');
  });

  test('leaves no old file when a private answer is replaced', async () => {
    const mine = await ask('/wick calendar title:Ballerina private:true');
    const next = await press(sandbox(), mine, 'Ballerina');
    expect(next.reply?.id).toBe(mine.reply?.id);
    expect(next.reply?.attachments).toEqual([]);
    const back = await press(sandbox(), next, 'Add to calendar');
    expect(back.reply?.attachments).toHaveLength(1);
  });
});
