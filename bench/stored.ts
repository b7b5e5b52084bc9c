import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { DueQueue } from '../src/store/due-queue.ts';
import { openSqlite } from '../src/store/sqlite/database.ts';
import { createSqliteDueQueue } from '../src/store/sqlite/due-queue.ts';
import { OURS, saysReady, startProcess, tokenOf } from './bots.ts';
import { FIRST_CHANNEL } from './discord/guilds.ts';
import { APPLICATION, guildId, idWithin } from './discord/ids.ts';
import { startMeasuringDiscord } from './measuring-discord.ts';

/** What a server may have at most, so that many countdowns need many servers. */
export const PER_SERVER = 25;

export interface Order {
  /** The countdown, as the options of `/countdown add`. */
  options: Record<string, string>;
  /** When it is ordered. */
  now: Temporal.Instant;
  count: number;
  /** Over how long from the first one's instant on they are due, evenly; all at once where it is left out. */
  spread?: Temporal.Duration;
  /** Whether Discord will know nothing of the servers. */
  strangers?: true;
}

/** The n-th countdown's server and channel. */
const placeOf = (n: number) => {
  const guild = guildId(Math.floor(n / PER_SERVER));
  return { guild, channel: idWithin(guild, FIRST_CHANNEL + (n % PER_SERVER)) };
};

/**
 * Makes a database with many countdowns: one is ordered from the bot, as an admin does it, and what the bot has stored of it
 * is multiplied, with other ids, for as many channels.
 */
export async function storeCountdowns(folder: string, order: Order): Promise<string> {
  mkdirSync(folder);
  await orderOne(folder, order);
  const file = join(folder, 'concierge.sqlite');
  const db = new DatabaseSync(file);
  try {
    // Nobody else has it open, and a run that is cut off is begun anew.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; BEGIN');
    multiply(db, order);
    // The servers are not there, and what is stored of servers that have removed the bot would be erased at its next start;
    // but not where the database is that of another application.
    if (order.strangers) {
      db.prepare("UPDATE documents SET value = replace(value, ?, 'another') WHERE key LIKE 'identity%'").run(
        APPLICATION,
      );
    }
    db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  return file;
}

async function orderOne(folder: string, { options, now }: Order): Promise<void> {
  const discord = await startMeasuringDiscord();
  const env = { CONCIERGE_NOW: now.toString() };
  const running = startProcess(OURS, { apiUrl: discord.apiUrl, folder, env });
  try {
    await saysReady(running);
    const add = {
      name: '/countdown add',
      path: 'countdown/add',
      wordings: [{ ...options, channel: placeOf(0).channel }],
      channels: ['channel'],
    };
    const { lost } = await discord.ask({ bot: tokenOf(OURS), question: add, rate: 1, count: 1, after: 0 });
    if (lost > 0) throw new Error('The bot did not answer /countdown add.');
  } finally {
    await running.kill();
    await discord.stop();
  }
}

type Values = Record<string, SQLInputValue>;

function multiply(db: DatabaseSync, { count, spread }: Order): void {
  const due = db.prepare('SELECT * FROM due').get() as Values | undefined;
  if (!due) throw new Error('The bot has not put the countdown into its queue.');
  const id = String(due['id']);
  const idOf = (n: number) => (n === 0 ? id : n.toString(36).padStart(10, '0'));
  const first = placeOf(0);
  const documents = db.prepare('SELECT * FROM documents').all() as Values[];
  const ofServer = documents.find((row) => String(row['key']).endsWith(`::${first.guild}`) && has(row, id));
  const ofCountdown = documents.filter((row) => String(row['key']).endsWith(`::${id}`));
  const [, before, one, after] = /^(.*?\[)(\{.*\})(\].*)$/s.exec(String(ofServer?.['value'])) ?? [];
  if (!ofServer || one === undefined) throw new Error('What the bot stores of a server has another form.');

  const putDocument = db.prepare('INSERT OR REPLACE INTO documents (key, value) VALUES (?, ?)');
  const columns = Object.keys(due);
  const putDue = db.prepare(
    `INSERT OR REPLACE INTO due (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  );
  const step = (spread?.total('milliseconds') ?? 0) / count;
  let list: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { guild, channel } = placeOf(n);
    list.push(one.replaceAll(id, idOf(n)).replaceAll(first.channel, channel));
    for (const row of ofCountdown) {
      putDocument.run(String(row['key']).replaceAll(id, idOf(n)), row['value'] ?? null);
    }
    const at = Number(due['at']) + Math.floor(n * step);
    putDue.run(...columns.map((name) => ({ ...due, id: idOf(n), guild, at })[name] ?? null));
    if (list.length === PER_SERVER || n === count - 1) {
      const key = String(ofServer['key']).replaceAll(first.guild, guild);
      putDocument.run(key, `${before}${list.join()}${after}`);
      list = [];
    }
  }
}

const has = (row: Values, id: string) => String(row['value']).includes(id);

/** The bot's due queue over a stored database. */
export function openQueue(file: string): { queue: DueQueue; close(): void } {
  const { db, close } = openSqlite(file);
  return { queue: createSqliteDueQueue(db), close };
}
