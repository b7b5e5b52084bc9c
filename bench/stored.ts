import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { DueQueue } from '../src/store/due-queue.ts';
import { openSqlite } from '../src/store/sqlite/database.ts';
import { createSqliteDueQueue } from '../src/store/sqlite/due-queue.ts';
import { OURS, startBot, tokenOf, waitUntilReady } from './bots.ts';
import { FIRST_CHANNEL } from './discord/guilds.ts';
import { APPLICATION, guildId, idWithin } from './discord/ids.ts';
import { startMeasuringDiscord } from './measuring-discord.ts';

/** The most countdowns that a server may have. */
export const COUNTDOWNS_PER_SERVER = 25;

/** The countdowns of a database. */
export interface StoredCountdowns {
  /** The countdown, as the options of `/countdown add`. */
  options: Record<string, string>;
  /** When it is added. */
  now: Temporal.Instant;
  count: number;
  /** The time from the first due instant to the last; without it, all are due at once. */
  spread?: Temporal.Duration;
  /** Whether the servers do not exist at Discord. */
  unknownServers?: true;
}

/** Returns the server and the channel of the n-th countdown. */
const placeOf = (n: number) => {
  const guild = guildId(Math.floor(n / COUNTDOWNS_PER_SERVER));
  return { guild, channel: idWithin(guild, FIRST_CHANNEL + (n % COUNTDOWNS_PER_SERVER)) };
};

/**
 * Creates a database with many countdowns and returns its path. The bot stores the first one by command; it is then copied
 * with other ids for the other channels.
 */
export async function storeCountdowns(folder: string, countdowns: StoredCountdowns): Promise<string> {
  mkdirSync(folder);
  await addCountdown(folder, countdowns);
  const file = join(folder, 'concierge.sqlite');
  const db = new DatabaseSync(file);
  try {
    // No other process has it open, and an interrupted run starts over, so durability is not needed.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; BEGIN');
    copyCountdown(db, countdowns);
    // At its next start the bot would erase the data of servers that it is not in, unless the database belongs to another
    // application.
    if (countdowns.unknownServers) {
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

async function addCountdown(folder: string, { options, now }: StoredCountdowns): Promise<void> {
  const discord = await startMeasuringDiscord();
  const env = { CONCIERGE_NOW: now.toString() };
  const running = startBot(OURS, { apiUrl: discord.apiUrl, folder, env });
  try {
    await waitUntilReady(running);
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

type Row = Record<string, SQLInputValue>;

function copyCountdown(db: DatabaseSync, { count, spread }: StoredCountdowns): void {
  const due = db.prepare('SELECT * FROM due').get() as Row | undefined;
  if (!due) throw new Error('The bot has not queued the countdown.');
  const id = String(due['id']);
  const idOf = (n: number) => (n === 0 ? id : n.toString(36).padStart(10, '0'));
  const first = placeOf(0);
  const documents = db.prepare('SELECT * FROM documents').all() as Row[];
  const guildDocument = documents.find(
    (row) => String(row['key']).endsWith(`::${first.guild}`) && contains(row, id),
  );
  const countdownDocuments = documents.filter((row) => String(row['key']).endsWith(`::${id}`));
  const [, before, countdown, after] =
    /^(.*?\[)(\{.*\})(\].*)$/s.exec(String(guildDocument?.['value'])) ?? [];
  if (!guildDocument || countdown === undefined)
    throw new Error('The guild document has an unexpected form.');

  const putDocument = db.prepare('INSERT OR REPLACE INTO documents (key, value) VALUES (?, ?)');
  const columns = Object.keys(due);
  const putDue = db.prepare(
    `INSERT OR REPLACE INTO due (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  );
  const step = (spread?.total('milliseconds') ?? 0) / count;
  let list: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { guild, channel } = placeOf(n);
    list.push(countdown.replaceAll(id, idOf(n)).replaceAll(first.channel, channel));
    for (const row of countdownDocuments) {
      putDocument.run(String(row['key']).replaceAll(id, idOf(n)), row['value'] ?? null);
    }
    const at = Number(due['at']) + Math.floor(n * step);
    putDue.run(...columns.map((name) => ({ ...due, id: idOf(n), guild, at })[name] ?? null));
    if (list.length === COUNTDOWNS_PER_SERVER || n === count - 1) {
      const key = String(guildDocument['key']).replaceAll(first.guild, guild);
      putDocument.run(key, `${before}${list.join()}${after}`);
      list = [];
    }
  }
}

const contains = (row: Row, id: string) => String(row['value']).includes(id);

/** Opens the bot's due queue in a stored database. */
export function openQueue(file: string): { queue: DueQueue; close(): void } {
  const { db, close } = openSqlite(file);
  return { queue: createSqliteDueQueue(db), close };
}
