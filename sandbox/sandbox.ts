import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as macrotask } from 'node:timers/promises';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { type Logger, pino } from 'pino';
import { createApp } from './app.ts';
import { type BotRunner, createBotRunner } from './bot-runner.ts';
import { createClient, type SandboxClient } from './client.ts';
import { type ClockMode, chooseStartInstant, createSandboxClock, type SandboxClock } from './clock.ts';
import { ControlError } from './control/errors.ts';
import { createObservedFaults } from './control/observe-faults.ts';
import { type Counters, createCounters } from './counters.ts';
import { openGateway } from './gateway/gateway.ts';
import { createIdentifyLimit, IDENTIFY_WINDOW_MS } from './gateway/identify-limit.ts';
import { createNotices } from './notices.ts';
import { createActionLimits } from './rules/action-limits.ts';
import { createRateLimiter } from './rules/rate-limits.ts';
import { type LocalServer, listenLocally } from './server.ts';
import type { Services } from './services.ts';
import { waitUntilIdle } from './wait-until-idle.ts';
import { describeMessage } from './world/describe-message.ts';
import { createEventBus, type EventBus } from './world/events.ts';
import { createFileStore } from './world/files.ts';
import { createInteractionRegistry, DISCORD_TIMING, type InteractionTiming } from './world/interactions.ts';
import { seedWorld } from './world/seed.ts';
import { openStore, type Store } from './world/store.ts';
import { loadSavedInstant, loadWorld, type World } from './world/world.ts';

/** How a sandbox is started. All options have defaults. */
export interface SandboxOptions {
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** Whether to take the next free port when `port` is taken. */
  readonly orNextPort?: boolean;
  /** When the clock starts, ISO 8601. The default is now. Ignored when it is before the time of a saved world. */
  readonly at?: string;
  /** Whether time runs with real time, which is the default, or only when the clock is turned. */
  readonly clock?: ClockMode;
  /** The folder of the world. The default is a temporary one, which is removed at the end. */
  readonly state?: string;
  /** The name of the bot user of a new world. */
  readonly botName?: string;
  /** Only the simulated Discord, without the bot. */
  readonly serverOnly?: boolean;
  /** How the bot receives interactions. The default is the gateway. */
  readonly interactions?: 'gateway' | 'http';
  /** The logger of the bot. The default is silent. */
  readonly log?: Logger;
  /** Receives the lines that the sandbox prints. */
  readonly say?: (line: string) => void;
  /** Receives what a bot asks for and the sandbox does not have. The default is standard error. */
  readonly warn?: (line: string) => void;
  /** Further environment variables for the bot. */
  readonly env?: Readonly<Record<string, string>>;
  /** Other time limits (real time), for tests. */
  readonly timing?: Partial<Timing>;
  /** Returns the milliseconds by which rate limits are counted, for tests. The default is real time. */
  readonly rateLimitTime?: () => number;
}

interface Timing extends InteractionTiming {
  /** The interval of heartbeats. */
  readonly heartbeatMs: number;
  /** How long a window of the limit on IDENTIFY is. */
  readonly identifyMs: number;
}

/** A running sandbox, with the control calls as functions. */
export interface Sandbox extends SandboxClient {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The value of DISCORD_API_URL for a bot. */
  readonly apiUrl: string;
  readonly clock: SandboxClock;
  readonly events: EventBus;
  /** The folder of the world. */
  readonly folder: string;
  /** Stops the bot, then the server. */
  stop(): Promise<void>;
  /** Closes all connections first, so that the bot cannot finish anything, and then stops. */
  kill(): Promise<void>;
}

/** Discord's interval of heartbeats in milliseconds. */
const HEARTBEAT_MS = 41_250;
/** How often the clock is saved while nothing happens, in milliseconds. */
const SAVE_CLOCK_MS = 1000;

/** Starts a sandbox: a simulated Discord on this machine, and the bot in it. Any number can run at the same time. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const parts = openParts(options);
  const { folder, clock, events, world } = parts;
  let stopping: Promise<void> | undefined;
  const server = await startServer(parts, () => stopping !== undefined).catch((error: unknown) => {
    clock.stop();
    parts.store.close();
    throw error;
  });
  const saveTimer = setInterval(() => world.saveMeta(), SAVE_CLOCK_MS);
  /** Shuts down once, however often it is called. */
  const shutDownOnce = (isKill: boolean) => {
    clearInterval(saveTimer);
    stopping ??= shutDown(parts, server, isKill);
    return stopping;
  };
  const url = `http://${server.host}`;
  const apiUrl = `${url}/api`;
  const client = createClient(url);
  if (!options.serverOnly) {
    await startBot(parts, client, apiUrl).catch(async (error: unknown) => {
      await shutDownOnce(true);
      throw error;
    });
  }
  return {
    url,
    apiUrl,
    clock,
    events,
    folder,
    ...client,
    stop: () => shutDownOnce(false),
    kill: () => shutDownOnce(true),
  };
}

/** What a sandbox is made of, before it listens. */
interface SandboxParts {
  readonly options: SandboxOptions;
  readonly folder: string;
  readonly store: Store;
  readonly clock: SandboxClock;
  readonly events: EventBus;
  readonly world: World;
  readonly counters: Counters;
  readonly timing: Timing;
  /** The API requests that have not been answered yet. */
  readonly inFlight: { requests: number };
  readonly bot: BotRunner;
  readonly second: SecondSandbox;
}

function openParts(options: SandboxOptions): SandboxParts {
  const say = options.say ?? (() => {});
  const folder = options.state ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  mkdirSync(folder, { recursive: true });
  const store = openStore(join(folder, 'discord.sqlite'));
  const clock = createSandboxClock(
    chooseStartInstant(loadSavedInstant(store), options.at, say),
    options.clock,
  );
  const events = createEventBus();
  const world = loadWorld({ store, clock, events, botName: options.botName ?? 'Concierge' });
  if (world.guilds.size === 0) seedWorld(world);
  events.subscribe(({ t, d, hidden }) => {
    if (t === GatewayDispatchEvents.MessageCreate && !hidden) say(describeMessage(world, d));
  });
  return {
    options,
    folder,
    store,
    clock,
    events,
    world,
    counters: createCounters(),
    timing: {
      ...DISCORD_TIMING,
      heartbeatMs: HEARTBEAT_MS,
      identifyMs: IDENTIFY_WINDOW_MS,
      ...options.timing,
    },
    inFlight: { requests: 0 },
    bot: createBotRunner(),
    second: createSecondSandbox(options),
  };
}

function startServer(parts: SandboxParts, isStopping: () => boolean): Promise<LocalServer> {
  const { options, folder, clock, world, counters, timing, inFlight, bot, second } = parts;
  const createHandlers = (host: () => string) => {
    const url = () => `ws://${host()}`;
    const nowMs = options.rateLimitTime ?? realTimeMs;
    const rateLimits = createRateLimiter(counters, nowMs, () => world.settings.clockSkewSeconds);
    const { heartbeatMs, identifyMs } = timing;
    const identifyLimit = createIdentifyLimit({
      getLimit: () => rateLimits.limits?.identify,
      windowMs: identifyMs,
      nowMs,
    });
    const notices = createNotices(options.warn ?? console.error);
    const gateway = openGateway({ world, counters, notices, identifyLimit, url, heartbeatMs });
    const sandboxTimeMs = () => clock.now().epochMilliseconds;
    const services: Services = {
      world,
      clock,
      files: createFileStore(join(folder, 'attachments')),
      gateway,
      interactions: createInteractionRegistry(world.bot.id, timing),
      timing,
      rateLimits,
      actionLimits: createActionLimits(() => rateLimits.limits, sandboxTimeMs),
      faults: createObservedFaults(world, realTimeMs),
      counters,
      notices,
      host,
      startSecondSandbox: second.start,
      waitUntilIdle: async () => {
        if (isStopping()) throw new ControlError('The sandbox is being stopped.');
        world.saveMeta();
        return waitUntilIdle({ gateway, counters, inFlight, bot });
      },
    };
    return { app: createApp(services, inFlight), gateway };
  };
  const { port = 0, orNextPort = false } = options;
  return listenLocally({ port, orNextPort, createHandlers });
}

async function startBot(parts: SandboxParts, client: SandboxClient, apiUrl: string): Promise<void> {
  const { options, folder: state, clock, world, bot } = parts;
  const { interactions = 'gateway', env = {}, log = pino({ level: 'silent' }) } = options;
  // A saved world has the endpoints of an earlier bot.
  Object.assign(world.application, { interactionsEndpointUrl: null, eventWebhooksUrl: null });
  const endpoint = await bot.start({ apiUrl, state, clock, log, interactions, env });
  if (endpoint === undefined) return;
  // This is done in Discord's developer portal.
  await client.world({
    interactionsEndpoint: `${endpoint}/interactions`,
    eventWebhooks: `${endpoint}/events`,
  });
}

const realTimeMs = () => Temporal.Now.instant().epochMilliseconds;

/** Stops everything. After a kill the bot is stopped last, when it can no longer reach Discord. */
async function shutDown(parts: SandboxParts, server: LocalServer, isKill: boolean): Promise<void> {
  const { options, folder, store, clock, world, inFlight, bot, second } = parts;
  try {
    if (!isKill) await bot.stop();
  } finally {
    await server.close();
    // Requests whose connection was closed still run to their end, and may write.
    for (let turn = 0; inFlight.requests > 0 && turn < 1_000; turn++) await macrotask();
    if (isKill) await bot.stop().catch(() => {});
    await second.stop().catch(() => {});
    clock.stop();
    world.saveMeta();
    store.close();
    if (options.state === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** A second sandbox beside this one. There is at most one: a scenario needs a world of its own. */
interface SecondSandbox {
  /** Starts it at an instant, in place of the one before. Returns its URL. */
  start(at: string): Promise<string>;
  stop(): Promise<void>;
}

function createSecondSandbox(options: SandboxOptions): SecondSandbox {
  let sandbox: Sandbox | undefined;
  return {
    async start(at) {
      if (options.serverOnly)
        throw new ControlError('This sandbox runs without a bot, so another one would be empty.');
      if (!isInstant(at)) throw new ControlError(`"${at}" is no instant. Write it as 2023-05-01T12:00:00Z.`);
      await sandbox?.stop();
      const { state: _state, port: _port, say: _say, ...sameOptions } = options;
      sandbox = await startSandbox({ ...sameOptions, at });
      return sandbox.url;
    },
    async stop() {
      await sandbox?.stop();
    },
  };
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}
