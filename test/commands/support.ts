import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIInteraction, APIInteractionResponse } from 'discord-api-types/v10';
import { pino } from 'pino';
import { commands } from '../../commands/index.ts';
import { createRepositories } from '../../src/delivery/repositories.ts';
import { handleInteraction, type InteractionOptions } from '../../src/interactions/handle-interaction.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import { createOwnerDataReader } from '../../src/privacy/owner-data.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { TODAY } from '../support.ts';

const now = Temporal.Instant.from(`${TODAY}T12:00:00Z`);
const { facts, catalogue, questions } = loadData('data');
const log = pino({ level: 'silent' });

/** What answering needs, over a store and at a standing instant, where there is no Discord to ask. */
export function partsOver(store: Store, at: Temporal.Instant, bug: string): InteractionOptions {
  return {
    commands,
    facts,
    catalogue,
    questions,
    ...createRepositories(store, () => facts),
    postTest: async () => ({ kind: 'retry', why: 'there is no Discord' }),
    eventIsGone: async () => false,
    openDirect: async () => ({ ok: false, why: 'later' }),
    stored: createOwnerDataReader(store.open),
    self: {
      version: '0',
      startedAt: at,
      data: () => ({ readAt: at, problems: [] }),
      links: async () => ({}),
    },
    clock: { now: () => at, sleepUntil: async () => {} },
    reference: () => bug,
    metrics: noMetrics,
    log,
  };
}

/** What the bot answers to an interaction that no Discord has checked; it comes from a server. */
export async function answering(interaction: object): Promise<APIInteractionResponse> {
  const folder = mkdtempSync(join(tmpdir(), 'answering-'));
  const database = { kind: 'sqlite', path: join(folder, 'db.sqlite') } as const;
  const store = await openStore(database, { postsPerSecond: 40, log });
  const parts = partsOver(store, now, 'abc123');
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
  const response = await handleInteraction(parts, { ...frame, ...interaction } as unknown as APIInteraction);
  await store.close();
  rmSync(folder, { recursive: true });
  return response;
}
