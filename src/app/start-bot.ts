import '../lib/zod-config.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { createInvalidRequestBudget } from '../delivery/invalid-request-budget.ts';
import type { GatewayConnection, GatewayOptions } from '../discord/gateway.ts';
import { LIMITS } from '../discord/message/limits.ts';
import type { RequestGuard } from '../discord/rest/request-guard.ts';
import { openKnowledgeBase } from '../knowledge/knowledge-base.ts';
import { type OpsServer, startOpsServer } from '../ops/server.ts';
import { openStore } from '../store/open-store.ts';
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
  const guard = await createGuard({ config, clock, ops });
  const usesGateway = config.interactions === 'gateway' && config.role !== 'deliver';
  if (usesGateway) await store.acquireStartupSlot();
  const gateway = usesGateway
    ? await connect({ ...config, makeRequest: guard.makeRequest, onFatal, log })
    : undefined;
  opened.defer(async () => gateway?.close());
  const { compose } = await import('./compose.ts');
  const bot = await compose({ config, clock, log, onFatal, knowledgeBase, ops, store, guard, gateway });
  opened.move();
  return bot;
}

/** Creates the guard that all clients of this process share, with one budget of invalid requests. */
async function createGuard({
  config,
  clock,
  ops,
}: Pick<BotOptions, 'config' | 'clock'> & { ops: OpsServer }): Promise<RequestGuard> {
  const { createRequestGuard } = await import('../discord/rest/request-guard.ts');
  const invalidRequests = createInvalidRequestBudget(ops.metrics.invalidRequest);
  return createRequestGuard({ apiUrl: config.apiUrl, invalidRequests, clock });
}

async function connect(options: GatewayOptions): Promise<GatewayConnection> {
  const { connectGateway } = await import('../discord/gateway.ts');
  const connection = connectGateway(options);
  await Promise.race([connection.ready, delay(GATEWAY_HEAD_START_MS, undefined, { ref: false })]);
  return connection;
}
