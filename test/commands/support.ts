import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIInteraction, APIInteractionResponse } from 'discord-api-types/v10';
import { pino } from 'pino';
import { createCommands } from '../../commands/index.ts';
import type { Services } from '../../commands/services.ts';
import { createRepositories } from '../../src/delivery/repositories.ts';
import { handleInteraction, type InteractionOptions } from '../../src/interactions/handle-interaction.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import { createOwnerDataReader } from '../../src/privacy/owner-data.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { TODAY } from '../support.ts';

const now = Temporal.Instant.from(`${TODAY}T12:00:00Z`);
const knowledge = loadData('data');
const log = pino({ level: 'silent' });

/** All commands, for tests that read their definitions and run none. */
export const commands = createCommands({} as Services);

/** What commands use, over a store, where Discord cannot be reached. */
function servicesOver(store: Store, at: Temporal.Instant): Services {
  return {
    ...createRepositories(store, () => knowledge.facts),
    isEventGone: async () => false,
    sendTestPost: async () => ({ kind: 'retry', why: 'there is no Discord' }),
    drawPicture: async () => undefined,
    openDm: async () => ({ ok: false, why: 'later' }),
    lookUpAccess: async () => undefined,
    readOwnerData: createOwnerDataReader(store.open),
    bot: {
      version: '0',
      startedAt: at,
      data: () => ({ readAt: at, problems: [] }),
      links: async () => ({}),
    },
  };
}

/** What answering needs, over a store and at a fixed instant. `reference` is what a user is told of a failure. */
export function createInteractionOptions(
  store: Store,
  at: Temporal.Instant,
  reference: string,
): InteractionOptions {
  return {
    commands: createCommands(servicesOver(store, at)),
    knowledge: () => knowledge,
    commandIds: () => new Map(),
    clock: { now: () => at, sleepUntil: async () => {} },
    reference: () => reference,
    metrics: noMetrics,
    log,
  };
}

/** What the bot answers to an interaction that no Discord has checked; it comes from a server. */
export async function answering(interaction: object): Promise<APIInteractionResponse> {
  const folder = mkdtempSync(join(tmpdir(), 'answering-'));
  const database = { kind: 'sqlite', path: join(folder, 'db.sqlite') } as const;
  const store = await openStore(database, { postsPerSecond: 40, log });
  const options = createInteractionOptions(store, now, 'abc123');
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
  const response = await handleInteraction(options, {
    ...frame,
    ...interaction,
  } as unknown as APIInteraction);
  await store.close();
  rmSync(folder, { recursive: true });
  return response;
}
