import { setTimeout as delay } from 'node:timers/promises';
import { commands } from '../../commands/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { countdownsIn } from '../delivery/countdown-repository.ts';
import { eventOrdersIn } from '../delivery/event-repository.ts';
import { countInvalidRequests } from '../delivery/invalid-request-budget.ts';
import type { Runner } from '../delivery/worker.ts';
import type { Connecting } from '../discord/gateway.ts';
import { restEvents } from '../discord/posting/scheduled-events.ts';
import { askApplication } from '../discord/rest/application.ts';
import { openPosts, openRest } from '../discord/rest/client.ts';
import type { Library } from '../knowledge/knowledge-base.ts';
import type { Bot, BotParts } from '../main.ts';
import { queueMoves, storeAnswers } from '../ops/health-checks.ts';
import type { Ops } from '../ops/server.ts';
import { insist } from '../store/retry.ts';
import type { Store } from '../store/store.ts';
import { refreshAll, startDelivering } from './delivery-service.ts';
import { startAnswering } from './interaction-service.ts';
import type { Parts } from './services.ts';
import { warmUp } from './warm-up.ts';

/** What is there before everything else: what a start may fail at, and the connection, which takes its time. */
export interface First extends Required<BotParts> {
  library: Library;
  ops: Ops;
  store: Store;
  /** Undefined where no gateway runs in this process. */
  connecting: Connecting | undefined;
}

/** What is in hand at a stop has this long to finish; service managers kill what takes much longer. */
const STOP_WITHIN_MS = 8_000;

/** Composes the halves of the bot over what is there and starts them. Throws where Discord refuses the token. */
export async function compose(first: First): Promise<Bot> {
  const { config, clock, log, failed, library, ops, store, connecting } = first;
  const { meters } = ops;
  // Stopped again where the start fails on the way.
  await using opened = new AsyncDisposableStack();
  let runner: Runner | undefined;
  const ring = () => runner?.ring();
  const knowledge = library.now;
  const countdowns = countdownsIn(store, () => knowledge().facts, ring);
  const events = eventOrdersIn(store, knowledge, ring);
  const stopping = new AbortController();
  library.watch(async ({ facts }) => {
    if (config.role !== 'deliver') void warmUp(facts, clock, log, stopping.signal);
    await insist(() => refreshAll(store.queue, facts, clock.now()), stopping.signal);
    ring();
  });
  const rest = openRest(config, meters);
  if (!connecting) await store.startPace();
  const way = connecting ?? (await askApplication(rest, config.apiUrl));
  const application = 'publicKey' in way ? way : undefined;
  const invalid = countInvalidRequests(meters.invalid);
  const posts = openPosts(config, meters, store.pace, () => invalid.note(clock.now()));
  const eventCalls = restEvents(posts, store.pace, () => invalid.note(clock.now()));
  const { version } = packageJson;
  const shared = { config, version, clock, log, failed, meters, store, countdowns, events, eventCalls };
  const known = { knowledge, dataState: library.state };
  const parts: Parts = { ...shared, ...known, rest, posts, invalid, application };
  // Posts need no gateway: what is due is not kept waiting by it.
  if (config.role !== 'answer') runner = await startDelivering(parts);
  opened.defer(async () => runner?.stop());
  const answering = config.role === 'deliver' ? undefined : await startAnswering(parts, commands, way);

  ops.watch({
    checks: {
      store: storeAnswers(store),
      ...answering?.checks,
      ...(runner && { queue: queueMoves({ queue: store.queue, runner, clock }) }),
    },
    backlog: () => store.queue.backlog(clock.now()),
  });
  opened.move();
  if (answering) void warmUp(knowledge().facts, clock, log, stopping.signal);
  log.info({ role: config.role, interactions: config.interactions }, 'ready');

  return {
    endpoint: answering?.endpoint,
    reload: library.reload,
    async quiet() {
      await library.quiet();
      await answering?.quiet();
      await runner?.quiet();
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
