import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIInteraction, APIInteractionResponse } from 'discord-api-types/v10';
import { pino } from 'pino';
import { commands } from '../../commands/index.ts';
import type { Clock } from '../../src/clock.ts';
import { loadData } from '../../src/data.ts';
import { countdownsIn } from '../../src/delivery/countdowns.ts';
import { eventOrdersIn } from '../../src/delivery/event-orders.ts';
import { storedIn } from '../../src/delivery/stored.ts';
import { answer } from '../../src/discord/interactions.ts';
import { noMeters } from '../../src/ops/meters.ts';
import { openStore } from '../../src/store/store.ts';
import { TODAY } from '../support.ts';

const now = Temporal.Instant.from(`${TODAY}T12:00:00Z`);
const clock: Clock = { now: () => now, sleepUntil: async () => {} };

/** What the bot answers to an interaction that no Discord has checked; it comes from a server. */
export async function answering(interaction: object): Promise<APIInteractionResponse> {
  const { facts, catalogue } = loadData('data');
  const folder = mkdtempSync(join(tmpdir(), 'answering-'));
  const log = pino({ level: 'silent' });
  const database = { kind: 'sqlite', path: join(folder, 'db.sqlite') } as const;
  const store = await openStore(database, { postsPerSecond: 40, log });
  const countdowns = countdownsIn(
    store,
    () => facts,
    () => {},
  );
  const parts = {
    facts,
    catalogue,
    countdowns,
    postTest: async () => ({ kind: 'retry', why: 'there is no Discord' }) as const,
    events: eventOrdersIn(
      store,
      () => ({ facts, catalogue }),
      () => {},
    ),
    eventIsGone: async () => false,
    openDirect: async () => ({ ok: false, why: 'later' }) as const,
    stored: storedIn(store.open),
    self: {
      version: '0',
      startedAt: now,
      data: () => ({ readAt: now, problems: [] }),
      links: async () => ({}),
    },
    commands,
    clock,
    reference: () => 'abc123',
    meters: noMeters,
    log,
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
  await store.close();
  rmSync(folder, { recursive: true });
  return response;
}
