import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIInteraction, APIInteractionResponse } from 'discord-api-types/v10';
import { pino } from 'pino';
import { commands } from '../../commands/index.ts';
import type { Clock } from '../../src/clock.ts';
import { loadData } from '../../src/data.ts';
import { countdownsIn } from '../../src/delivery/countdowns.ts';
import { sqliteDueQueue } from '../../src/delivery/due-queue.ts';
import { answer } from '../../src/discord/interactions.ts';
import { documentsIn, sqliteStore } from '../../src/store/documents.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { TODAY } from '../support.ts';

const now = Temporal.Instant.from(`${TODAY}T12:00:00Z`);
const clock: Clock = { now: () => now, sleepUntil: async () => {} };

/** What the bot answers to an interaction that no Discord has checked; it comes from a server. */
export async function answering(interaction: object): Promise<APIInteractionResponse> {
  const { facts, catalogue } = loadData('data');
  const folder = mkdtempSync(join(tmpdir(), 'answering-'));
  const { db, close } = openSqlite(join(folder, 'db.sqlite'));
  const countdowns = countdownsIn(
    documentsIn(() => sqliteStore(db)),
    sqliteDueQueue(db),
    facts,
    () => {},
  );
  const parts = {
    facts,
    catalogue,
    countdowns,
    commands,
    clock,
    reference: () => 'abc123',
    log: pino({ level: 'silent' }),
  };
  const frame = {
    id: '1',
    application_id: '2',
    token: 't',
    locale: 'en-US',
    guild_id: '100000000000000000',
    guild_locale: 'en-US',
    member: { permissions: '8' },
    authorizing_integration_owners: { 0: '100000000000000000' },
  };
  const response = await answer(parts, { ...frame, ...interaction } as unknown as APIInteraction);
  close();
  rmSync(folder, { recursive: true });
  return response;
}
