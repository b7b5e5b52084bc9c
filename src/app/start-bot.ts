import '../lib/zod-config.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { type ClockCheck, createClockCheck } from '../delivery/clock-check.ts';
import { createInvalidRequestBudget } from '../delivery/invalid-request-budget.ts';
import type { GatewayConnection, GatewayOptions } from '../discord/gateway.ts';
import { LIMITS } from '../discord/message/limits.ts';
import type { RequestGuard } from '../discord/rest/request-guard.ts';
import { openKnowledgeBase } from '../knowledge/knowledge-base.ts';
import { type OpsServer, startOpsServer } from '../ops/server.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { Bot, BotOptions } from './bot.ts';

/**
 * How long the start waits for the gateway, in milliseconds of real time. Loading the other modules blocks the process and would
 * delay the connection. Due posts do not wait longer than this.
 */
const GATEWAY_HEAD_START_MS = 1_000;

/**
 * Starts the bot: first the steps that may fail, then the connection, then everything else. Throws if the data or the store
 * cannot be used, or if Discord refuses the token.
 */
export async function startBot({ config, clock, log, onFatal = () => {} }: BotOptions): Promise<Bot> {
  const knowledgeBase = openKnowledgeBase({ folder: config.dataFolder, limits: LIMITS, clock, log });
  // Closed in reverse order if the start fails on the way.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => knowledgeBase.close());
  const ops = await startOpsServer({ at: config.ops, log });
  opened.defer(ops.close);
  const store = await openStore(config.database, { postsPerSecond: config.postsPerSecond, log });
  opened.defer(store.close);
  const { guard, clockCheck } = await createGuard({ config, clock, log, ops });
  const usesGateway = config.interactions === 'gateway' && config.role !== 'deliver';
  if (usesGateway) await store.acquireStartupSlot();
  const gateway = usesGateway
    ? await connect({ ...config, makeRequest: await paced(guard, store), onFatal, log })
    : undefined;
  opened.defer(async () => gateway?.close());
  const { compose } = await import('./compose.ts');
  const opening = { knowledgeBase, ops, store, guard, clockCheck, gateway };
  const bot = await compose({ config, clock, log, onFatal, ...opening });
  opened.move();
  return bot;
}

/** Discord has this long to tell the time, in milliseconds. */
const CLOCK_TIMEOUT_MS = 5_000;

/** The guard that all clients of this process share, and what it learns of Discord's clock. */
interface Guards {
  guard: RequestGuard;
  clockCheck: ClockCheck;
}

/** Creates the guard with one budget of invalid requests. */
async function createGuard({
  config: { apiUrl },
  clock,
  log,
  ops,
}: Pick<BotOptions, 'config' | 'clock' | 'log'> & { ops: OpsServer }): Promise<Guards> {
  const { createRequestGuard } = await import('../discord/rest/request-guard.ts');
  const invalidRequests = createInvalidRequestBudget(ops.metrics.invalidRequest);
  // The smallest request of the API; it needs no token.
  const ask = () =>
    guard.makeRequest(`${apiUrl}/v10/gateway`, {
      method: 'GET',
      signal: AbortSignal.timeout(CLOCK_TIMEOUT_MS),
    });
  const clockCheck = createClockCheck({ clock, ask, log });
  const guard = createRequestGuard({ apiUrl, invalidRequests, clock, onAnswer: clockCheck.note });
  return { guard, clockCheck };
}

/** Returns how the gateway's client sends requests: those that it repeats wait for a rate-limit slot. */
async function paced({ makeRequest }: RequestGuard, { acquireSlot }: Pick<Store, 'acquireSlot'>) {
  const { pacingRepeats } = await import('../discord/rest/client.ts');
  return pacingRepeats(makeRequest, acquireSlot);
}

async function connect(options: GatewayOptions): Promise<GatewayConnection> {
  const { connectGateway } = await import('../discord/gateway.ts');
  const connection = connectGateway(options);
  await Promise.race([connection.ready, delay(GATEWAY_HEAD_START_MS, undefined, { ref: false })]);
  return connection;
}
