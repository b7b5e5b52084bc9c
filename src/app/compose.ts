import { setTimeout as delay } from 'node:timers/promises';
import type { REST } from '@discordjs/rest';
import { createCommands } from '../../commands/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type ClockCheck, lockWithRightClock } from '../delivery/clock-check.ts';
import { createErasureReport } from '../delivery/departure-check.ts';
import { refreshQueue } from '../delivery/refresh-queue.ts';
import { createRepositories } from '../delivery/repositories.ts';
import type { Worker } from '../delivery/worker.ts';
import type { GatewayConnection } from '../discord/gateway.ts';
import { createFileRefusals } from '../discord/posting/post-request.ts';
import { createScheduledEventApi } from '../discord/posting/scheduled-events.ts';
import { type Application, fetchApplication } from '../discord/rest/application.ts';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import {
  createPostsClient,
  createRestClient,
  createWritesClient,
  pacingRepeats,
} from '../discord/rest/client.ts';
import { createDmOpener } from '../discord/rest/dm-channel.ts';
import { createMembershipLookup } from '../discord/rest/guild-membership.ts';
import { createLastCheck } from '../discord/rest/last-check.ts';
import type { RequestGuard } from '../discord/rest/request-guard.ts';
import { utcDay } from '../facts/dates.ts';
import { commandPaths } from '../interactions/command.ts';
import type { KnowledgeBase } from '../knowledge/knowledge-base.ts';
import { REAL_TIME, type RealTime } from '../lib/real-time.ts';
import { createQueueCheck, createStoreCheck } from '../ops/health-checks.ts';
import type { OpsServer } from '../ops/server.ts';
import { createDrawer } from '../pictures/drawer.ts';
import { createPictures } from '../pictures/picture-cache.ts';
import { createOwnership } from '../store/database-owner.ts';
import { retryWhileUnavailable } from '../store/retry.ts';
import type { Store } from '../store/store.ts';
import type { Bot, BotOptions } from './bot.ts';
import { checkDocuments } from './check-documents.ts';
import { createCommandServices } from './command-services.ts';
import { startDeliveryService } from './delivery-service.ts';
import { type InteractionService, startInteractionService } from './interaction-service.ts';
import type { Services } from './services.ts';
import { createWarmUps, type WarmUps } from './warm-up.ts';

/** The services that are opened first: those that may make a start fail, and the gateway connection, which takes time. */
export interface ComposeOptions extends Required<BotOptions> {
  knowledgeBase: KnowledgeBase;
  ops: OpsServer;
  store: Store;
  guard: RequestGuard;
  clockCheck: ClockCheck;
  /** The machine's own, unless a simulation passes others. */
  realTime?: RealTime;
  random?: () => number;
  /** Undefined if no gateway runs in this process. */
  gateway: GatewayConnection | undefined;
}

/** The running services of this process; the other half of the bot may run in other processes. */
interface RunningServices {
  worker: Worker | undefined;
  interactions: InteractionService | undefined;
}

const TOKEN_REJECTED =
  'Discord refuses the token: nothing can be posted any more. Put a valid DISCORD_TOKEN in place and start again.';

/** At a stop, work in progress has this long to finish: service managers kill a process that takes much longer. */
const STOP_TIMEOUT_MS = 8_000;

/** Composes both halves of the bot and starts them. Throws if documents are damaged, or if Discord refuses the token. */
export async function compose(options: ComposeOptions): Promise<Bot> {
  const { config, log, knowledgeBase, ops, store, guard, gateway, onFatal, realTime } = options;
  const stopping = new AbortController();
  // Stopped again if the start fails on the way.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => stopping.abort());
  const warmUps = createWarmUps(log);
  stopping.signal.addEventListener('abort', warmUps.stop);
  await checkDocuments(config.database, store.open);
  watchKnowledge(options, warmUps, stopping.signal);
  const { signal } = stopping;
  const { rest, ...clients } = createClients(options, signal);
  if (!gateway) await store.acquireStartupSlot();
  const access = gateway ?? (await fetchApplication(rest, { apiUrl: config.apiUrl, log, realTime, signal }));
  const services = createServices(options, { rest, ...clients }, access);
  // An empty database is claimed. With a gateway that is done once it is ready: posts do not wait for it.
  if (!gateway) await services.ownsDatabase();

  guard.onTokenRejected(() => onFatal(TOKEN_REJECTED));
  // Delivery needs no gateway, so it does not wait for it.
  const worker = config.role === 'answer' ? undefined : await startDeliveryService(services);
  opened.defer(async () => worker?.stop());
  const commands = createCommands(createCommandServices(services));
  ops.setCommandPaths(commandPaths(commands));
  const interactions =
    config.role === 'deliver' ? undefined : await startInteractionService(services, commands, access);
  watchHealth(options, services, { worker, interactions });
  opened.move();
  if (interactions) warmUps.start(knowledgeBase.current().questions);
  log.info({ role: config.role, interactions: config.interactions }, 'ready');
  return createBot(options, { worker, interactions }, stopping);
}

/** Refreshes the due queue whenever the data files have changed. */
function watchKnowledge(
  { config, clock, knowledgeBase, store, clockCheck }: ComposeOptions,
  warmUps: WarmUps,
  signal: AbortSignal,
): void {
  knowledgeBase.watch(async ({ facts, questions }) => {
    if (config.role !== 'deliver') warmUps.start(questions);
    await retryWhileUnavailable(async () => {
      await clockCheck.assertRight();
      await refreshQueue(store.queue, facts, clock.now());
    }, signal);
  });
}

type Clients = Pick<
  Services,
  'rest' | 'posts' | 'writes' | 'withLastCheck' | 'invalidRequests' | 'openDm' | 'eventApi'
>;

function createClients(
  { config, ops: { metrics }, store, guard, realTime }: ComposeOptions,
  signal: AbortSignal,
): Clients {
  const { acquireSlot } = store;
  const { makeRequest, invalidRequests } = guard;
  const paced = pacingRepeats(makeRequest, acquireSlot);
  const rest = createRestClient({ ...config, makeRequest: paced, signal }, metrics);
  const lastCheck = createLastCheck();
  const posts = createPostsClient({ ...config, makeRequest: lastCheck.guard(makeRequest), signal }, metrics);
  const { withLastCheck } = lastCheck;
  const writes = createWritesClient({ ...config, makeRequest, signal }, metrics, acquireSlot);
  const eventApi = createScheduledEventApi(writes, acquireSlot);
  const openDm = createDmOpener(writes, acquireSlot, realTime);
  return { rest, posts, writes, withLastCheck, invalidRequests, openDm, eventApi };
}

function createServices(
  options: ComposeOptions,
  clients: Clients,
  access: Application | GatewayConnection,
): Services {
  const { config, clock, log, onFatal, knowledgeBase, ops, store, clockCheck } = options;
  const { realTime = REAL_TIME, random = Math.random } = options;
  const { version } = packageJson;
  const { metrics } = ops;
  const knowledge = knowledgeBase.current;
  const withLock = lockWithRightClock(store.withLock, clockCheck);
  const repositories = createRepositories({ ...store, withLock }, () => knowledge().facts);
  const process = { config, clock, realTime, random, log, metrics, version, onFatal };
  const data = { knowledge, dataState: knowledgeBase.state };
  const membership = createMembership(options, clients.rest, access);
  const pictures = {
    draw: createPictures({ draw: createDrawer(), log }),
    refusals: createFileRefusals(),
  };
  return { ...process, ...data, ...pictures, ...clients, ...repositories, ...membership, store, clockCheck };
}

/** Creates what tells whether the bot is in a server. It waits for no gateway: posts do not either. */
function createMembership(
  { config, store, log }: ComposeOptions,
  rest: REST,
  access: Application | GatewayConnection,
): Pick<Services, 'ownsDatabase' | 'findMembership'> {
  let applicationId = 'publicKey' in access ? access.id : undefined;
  if ('ready' in access) {
    access.ready.then(
      (gateway) => {
        applicationId = gateway.applicationId;
      },
      // The start reports it.
      () => {},
    );
  }
  // It does not wait for Discord: it is asked again later.
  const once = { apiUrl: config.apiUrl, log, waitMs: 0 };
  const findId = async () => applicationId ?? (await fetchApplication(rest, once)).id;
  const ownsDatabase = createOwnership(store.open, findId, log);
  const find = createMembershipLookup(createRateLimitedGet(rest, store.acquireSlot));
  return {
    ownsDatabase,
    findMembership: async (guildId) => ((await ownsDatabase()) ? find(guildId) : 'unknown'),
  };
}

function watchHealth(
  { config, clock, knowledgeBase, ops, store, clockCheck }: ComposeOptions,
  { countdowns, departures }: Services,
  { worker, interactions }: RunningServices,
): void {
  const { queue } = store;
  ops.watch({
    checks: {
      store: createStoreCheck(store),
      clock: async () => clockCheck.problem(),
      ...interactions?.checks,
      ...(worker && { queue: createQueueCheck({ queue, worker, clock }) }),
    },
    notices: {
      erasure: createErasureReport({ countdowns, departures, maxErased: config.maxErasedAtOnce }),
    },
    backlog: () => queue.backlog(clock.now()),
    newestSource: () => knowledgeBase.current().facts.asOf(utcDay(clock.now())).newestSource,
  });
}

function createBot(
  { knowledgeBase, ops, store, log }: ComposeOptions,
  { worker, interactions }: RunningServices,
  stopping: AbortController,
): Bot {
  return {
    endpoint: interactions?.endpoint,
    reload: knowledgeBase.reload,
    async whenIdle() {
      await knowledgeBase.whenIdle();
      await interactions?.whenIdle();
      await worker?.whenIdle();
    },
    async stop() {
      stopping.abort();
      knowledgeBase.close();
      await ops.close();
      const ended = Promise.all([interactions?.stop(), worker?.stop()]);
      const isInTime = await Promise.race([
        ended.then(() => true),
        delay(STOP_TIMEOUT_MS, false, { ref: false }),
      ]);
      await store.close();
      // Interrupted posts are in the ledger as "sending": the next start continues them.
      if (isInTime) log.info('stopped');
      else log.warn('stopped before all work in progress was finished');
    },
  };
}
