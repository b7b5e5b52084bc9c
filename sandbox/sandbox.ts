import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as macrotask } from 'node:timers/promises';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { type Logger, pino } from 'pino';
import { createApp } from './app.ts';
import type { RunningBot } from './bot.ts';
import { createClient, type SandboxClient } from './client.ts';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import { ControlError } from './control/errors.ts';
import { createCounters } from './counters.ts';
import { openGateway } from './gateway/gateway.ts';
import { createFaultInjector } from './rules/faults.ts';
import { createRateLimiter } from './rules/rate-limits.ts';
import { listenLocally } from './server.ts';
import type { Services } from './services.ts';
import { waitUntilIdle } from './wait-until-idle.ts';
import { createEventBus, type EventBus } from './world/events.ts';
import { createFileStore } from './world/files.ts';
import { createInteractionRegistry, DISCORD_TIMING, type InteractionTiming } from './world/interactions.ts';
import { seedWorld } from './world/seed.ts';
import { openStore } from './world/store.ts';
import { loadSavedInstant, loadWorld, type World } from './world/world.ts';

export interface SandboxOptions {
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** Take the next free port when `port` is taken. */
  readonly orNextPort?: boolean;
  /** The instant at which the clock starts, ISO 8601; real time when left out. One before the kept world's is ignored. */
  readonly at?: string;
  /** A folder that keeps the world. A temporary one is made, and removed at the end, when left out. */
  readonly state?: string;
  /** What the bot user of a new world is called. */
  readonly botName?: string;
  /** Only Discord's side, without the bot. */
  readonly serverOnly?: boolean;
  /** How the bot takes interactions: over the gateway unless told. */
  readonly interactions?: 'gateway' | 'http';
  /** Where the bot logs; silent when left out. */
  readonly log?: Logger;
  /** What the sandbox itself has to say, line by line. */
  readonly say?: (line: string) => void;
  /** Further environment for the bot. */
  readonly env?: Readonly<Record<string, string>>;
  /** Shorter limits on real time, for tests. */
  readonly timing?: Partial<InteractionTiming & { heartbeatMs: number }>;
}

/** A running sandbox, with the control calls as functions. */
export interface Sandbox extends SandboxClient {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What goes into DISCORD_API_URL. */
  readonly apiUrl: string;
  readonly clock: SandboxClock;
  readonly events: EventBus;
  /** The folder of the state. */
  readonly folder: string;
  /** Stops the bot, then the server. */
  stop(): Promise<void>;
  /** Cuts every connection first, so that the bot gets nothing more done, and then stops all. */
  kill(): Promise<void>;
}

/** How often Discord wants to hear that a client lives. */
const HEARTBEAT_MS = 41_250;
/** How often the clock's position is written down while nothing happens. */
const SAVE_CLOCK_MS = 1000;

/** Starts a Discord of one's own, and in it the bot. Any number can run side by side. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const say = options.say ?? (() => {});
  const folder = options.state ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  mkdirSync(folder, { recursive: true });
  const store = openStore(join(folder, 'discord.sqlite'));
  const clock = createSandboxClock(chooseStartInstant(loadSavedInstant(store), options.at, say));
  const events = createEventBus();
  const world = loadWorld(store, clock, events, options.botName ?? 'Concierge');
  if (world.guilds.size === 0) seedWorld(world);
  const counters = createCounters();
  const timing = { ...DISCORD_TIMING, heartbeatMs: HEARTBEAT_MS, ...options.timing };
  const inHand = { requests: 0 };
  let bot: RunningBot | undefined;
  let other: Sandbox | undefined;

  events.subscribe(({ t, d, hidden }) => {
    if (t === GatewayDispatchEvents.MessageCreate && !hidden) say(describeMessage(world, d));
  });

  const server = await listenLocally(options.port ?? 0, options.orNextPort ?? false, (host) => {
    const url = () => `ws://${host()}`;
    const gateway = openGateway({ world, counters, url, heartbeatMs: timing.heartbeatMs });
    const services: Services = {
      world,
      clock,
      files: createFileStore(join(folder, 'attachments')),
      gateway,
      interactions: createInteractionRegistry(world.bot.id, timing),
      timing,
      rateLimits: createRateLimiter(counters, () => Temporal.Now.instant().epochMilliseconds),
      faults: createFaultInjector(),
      counters,
      host,
      startSecondSandbox: async (at) => {
        other = await startSecondSandbox(options, at, other);
        return other.url;
      },
      waitUntilIdle: async () => {
        if (ended) throw new ControlError('The sandbox is being stopped.');
        world.saveMeta();
        return waitUntilIdle({ gateway, counters, inHand, quiet: () => bot?.whenIdle() });
      },
    };
    return { app: createApp(services, inHand), gateway };
  }).catch((error: unknown) => {
    clock.stop();
    store.close();
    throw error;
  });
  const url = `http://${server.host}`;
  const apiUrl = `${url}/api`;
  const controls = createClient(url);
  const saving = setInterval(() => world.saveMeta(), SAVE_CLOCK_MS);

  let ended: Promise<void> | undefined;
  /** Ends everything once, however often it is asked. `farewell` is what the bot does while Discord still listens. */
  function end(farewell?: () => Promise<void> | undefined): Promise<void> {
    ended ??= (async () => {
      clearInterval(saving);
      try {
        await farewell?.();
      } finally {
        await server.close();
        // Requests whose connection was just broken still come to their end, and may write.
        for (let turn = 0; inHand.requests > 0 && turn < 1_000; turn++) await macrotask();
        if (!farewell) await bot?.stop().catch(() => {});
        await other?.stop().catch(() => {});
        clock.stop();
        world.saveMeta();
        store.close();
        if (options.state === undefined) rmSync(folder, { recursive: true, force: true });
      }
    })();
    return ended;
  }

  if (!options.serverOnly) {
    // In a world that was kept they are those of an earlier bot.
    Object.assign(world.application, { interactionsEndpointUrl: null, eventWebhooksUrl: null });
    const log = options.log ?? pino({ level: 'silent' });
    try {
      const { startOwnBot } = await import('./bot.ts');
      const { interactions = 'gateway', env = {} } = options;
      bot = await startOwnBot({ apiUrl, state: folder, clock, log, interactions, env });
      // What one does in Discord's developer portal.
      if (bot.endpoint !== undefined) {
        const interactionsEndpoint = `${bot.endpoint}/interactions`;
        await controls.world({ interactionsEndpoint, eventWebhooks: `${bot.endpoint}/events` });
      }
    } catch (error) {
      await end();
      throw error;
    }
  }

  return {
    url,
    apiUrl,
    clock,
    events,
    folder,
    ...controls,
    stop: () => end(() => bot?.stop()),
    kill: () => end(),
  };
}

/** A further world beside this one, in place of the one before it: a scenario needs its own beginning. */
async function startSecondSandbox(
  options: SandboxOptions,
  at: string,
  before: Sandbox | undefined,
): Promise<Sandbox> {
  if (options.serverOnly)
    throw new ControlError('This sandbox runs without a bot, so another one would be empty.');
  try {
    Temporal.Instant.from(at);
  } catch {
    throw new ControlError(`"${at}" is no instant. Write it as 2023-05-01T12:00:00Z.`);
  }
  await before?.stop();
  const { state: _state, port: _port, say: _say, ...same } = options;
  return startSandbox({ ...same, at });
}

/** Where the clock starts: at the later of what is kept and what is asked for; new worlds without a wish start now. */
function chooseStartInstant(
  saved: Temporal.Instant | undefined,
  at: string | undefined,
  say: (line: string) => void,
): Temporal.Instant {
  const asked = at === undefined ? undefined : Temporal.Instant.from(at);
  if (!saved) return asked ?? Temporal.Now.instant().round('millisecond');
  if (!asked) return saved;
  if (Temporal.Instant.compare(asked, saved) >= 0) return asked;
  say(`The kept world already stands at ${saved}: --at ${at} is ignored.`);
  return saved;
}

/** A new message in one line: when, where, and how it begins. */
function describeMessage(world: World, d: unknown): string {
  const message = d as {
    timestamp: string;
    channel_id: string;
    content: string;
    embeds: { title?: string; description?: string }[];
  };
  const channel = world.channels.get(message.channel_id);
  const [embed] = message.embeds;
  const text = [message.content, embed?.title, embed?.description]
    .filter(Boolean)
    .join(' | ')
    .replaceAll(/\s+/g, ' ');
  return `${Temporal.Instant.from(message.timestamp).toString({ smallestUnit: 'second' })}  #${channel?.name ?? message.channel_id}  ${text.slice(0, 100)}`;
}
