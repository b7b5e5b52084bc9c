import { setTimeout as delay } from 'node:timers/promises';
import { commands } from '../../commands/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { createCountdownRepository } from '../delivery/countdown-repository.ts';
import { createEventRepository } from '../delivery/event-repository.ts';
import { createInvalidRequestBudget } from '../delivery/invalid-request-budget.ts';
import type { Worker } from '../delivery/worker.ts';
import type { GatewayConnection } from '../discord/gateway.ts';
import { createScheduledEventApi } from '../discord/posting/scheduled-events.ts';
import { fetchApplication } from '../discord/rest/application.ts';
import { createPostsClient, createRestClient } from '../discord/rest/client.ts';
import type { KnowledgeBase } from '../knowledge/knowledge-base.ts';
import type { Bot, BotOptions } from '../main.ts';
import { createQueueCheck, createStoreCheck } from '../ops/health-checks.ts';
import type { OpsServer } from '../ops/server.ts';
import { retryWhileUnavailable } from '../store/retry.ts';
import type { Store } from '../store/store.ts';
import { refreshQueue, startDeliveryService } from './delivery-service.ts';
import { startInteractionService } from './interaction-service.ts';
import type { Services } from './services.ts';
import { warmUp } from './warm-up.ts';

/** What is there before everything else: what a start may fail at, and the connection, which takes its time. */
export interface ComposeOptions extends Required<BotOptions> {
  library: KnowledgeBase;
  ops: OpsServer;
  store: Store;
  /** Undefined where no gateway runs in this process. */
  connecting: GatewayConnection | undefined;
}

/** What is in hand at a stop has this long to finish; service managers kill what takes much longer. */
const STOP_WITHIN_MS = 8_000;

/** Composes the halves of the bot over what is there and starts them. Throws where Discord refuses the token. */
export async function compose(first: ComposeOptions): Promise<Bot> {
  const { config, clock, log, failed, library, ops, store, connecting } = first;
  const { meters } = ops;
  // Stopped again where the start fails on the way.
  await using opened = new AsyncDisposableStack();
  let runner: Worker | undefined;
  const ring = () => runner?.wake();
  const knowledge = library.current;
  const countdowns = createCountdownRepository(store, () => knowledge().facts, ring);
  const events = createEventRepository(store, knowledge, ring);
  const stopping = new AbortController();
  library.watch(async ({ facts, questions }) => {
    if (config.role !== 'deliver') void warmUp(questions, log, stopping.signal);
    await retryWhileUnavailable(() => refreshQueue(store.queue, facts, clock.now()), stopping.signal);
    ring();
  });
  const rest = createRestClient(config, meters);
  if (!connecting) await store.acquireStartupSlot();
  const way = connecting ?? (await fetchApplication(rest, config.apiUrl));
  const application = 'publicKey' in way ? way : undefined;
  const invalid = createInvalidRequestBudget(meters.invalidRequest);
  const posts = createPostsClient(config, meters, store.acquireSlot, () => invalid.note(clock.now()));
  const eventCalls = createScheduledEventApi(posts, store.acquireSlot, () => invalid.note(clock.now()));
  const { version } = packageJson;
  const shared = { config, version, clock, log, failed, meters, store, countdowns, events, eventCalls };
  const known = { knowledge, dataState: library.state };
  const parts: Services = { ...shared, ...known, rest, posts, invalid, application };
  // Posts need no gateway: what is due is not kept waiting by it.
  if (config.role !== 'answer') runner = await startDeliveryService(parts);
  opened.defer(async () => runner?.stop());
  const answering =
    config.role === 'deliver' ? undefined : await startInteractionService(parts, commands, way);

  ops.watch({
    checks: {
      store: createStoreCheck(store),
      ...answering?.checks,
      ...(runner && { queue: createQueueCheck({ queue: store.queue, runner, clock }) }),
    },
    backlog: () => store.queue.backlog(clock.now()),
  });
  opened.move();
  if (answering) void warmUp(knowledge().questions, log, stopping.signal);
  log.info({ role: config.role, interactions: config.interactions }, 'ready');

  return {
    endpoint: answering?.endpoint,
    reload: library.reload,
    async quiet() {
      await library.whenIdle();
      await answering?.quiet();
      await runner?.whenIdle();
    },
    async stop() {
      stopping.abort();
      library.close();
      await ops.close();
      const ended = Promise.all([answering?.stop(), runner?.stop()]);
      const inTime = await Promise.race([
        ended.then(() => true),
        delay(STOP_WITHIN_MS, false, { ref: false }),
      ]);
      await store.close();
      // What was cut off stands in the ledger as being sent, and is taken up at the next start.
      if (inTime) log.info('stopped');
      else log.warn('stopped before everything in hand was finished');
    },
  };
}
