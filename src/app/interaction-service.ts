import { randomBytes } from 'node:crypto';
import { type APIInteraction, InteractionType } from 'discord-api-types/v10';
import pLimit from 'p-limit';
import { createReturnCheck } from '../delivery/departure-check.ts';
import type { Gateway, GatewayConnection } from '../discord/gateway.ts';
import { createSilencedResumer, type ResumeSilenced } from '../discord/posting/resume-silenced.ts';
import type { InteractionHandler } from '../discord/respond.ts';
import type { Application } from '../discord/rest/application.ts';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import { countRateLimits } from '../discord/rest/client.ts';
import type { Command } from '../interactions/command.ts';
import { createInteractionHandler } from '../interactions/handle-interaction.ts';
import type { CommandIds } from '../interactions/link-commands.ts';
import { systemClock } from '../lib/clock.ts';
import { type Check, createGatewayCheck } from '../ops/health-checks.ts';
import { retryWhileUnavailable } from '../store/retry.ts';
import { startRegistration } from './command-registration.ts';
import { startPresence } from './presence.ts';
import type { Services } from './services.ts';

/** The half of the bot that responds to interactions. */
export interface InteractionService {
  /** Where it listens for interactions; undefined if they come over the gateway. */
  endpoint?: string;
  /** Whether interactions can arrive, for operators. */
  checks: Readonly<Record<string, Check>>;
  /** Resolves when no interaction is being handled. */
  whenIdle(): Promise<void>;
  /** Accepts no more interactions; resolves when those in progress are finished. */
  stop(): Promise<void>;
}

/** The services of both transports, gateway and HTTP. */
interface ReceivingOptions {
  services: Services;
  commands: readonly Command[];
  answerer: InteractionHandler;
  /** Called with the ids of the commands when they are known. */
  onRegistered(ids: CommandIds): void;
}

/**
 * Receives interactions over the gateway, or over an HTTP endpoint if `access` is an application, and registers the commands.
 * Commands do not know which of the two it is.
 */
export function startInteractionService(
  services: Services,
  commands: readonly Command[],
  access: GatewayConnection | Application,
): Promise<InteractionService> {
  const { knowledge, clock, metrics, log } = services;
  const reference = () => randomBytes(3).toString('hex');
  let ids: CommandIds = new Map();
  const commandIds = () => ids;
  const answerer = createInteractionHandler({
    commands,
    knowledge,
    commandIds,
    clock,
    reference,
    metrics,
    log,
  });
  const onRegistered = (registered: CommandIds) => {
    ids = registered;
  };
  const options = { services, commands, answerer, onRegistered };
  return 'publicKey' in access ? startOverHttp(options, access) : startOverGateway(options, access);
}

async function startOverGateway(
  { services, commands, answerer, onRegistered }: ReceivingOptions,
  { ready, handle, close }: GatewayConnection,
): Promise<InteractionService> {
  const { config, knowledge, rest, clock, metrics, store, countdowns, pauses, departures, ownsDatabase } =
    services;
  const stopping = new AbortController();
  const presence = ready.then(({ setActivity: send }) =>
    config.presence ? startPresence({ knowledge, clock, send }) : undefined,
  );
  // A refused token is reported by `ready` below.
  presence.catch(() => {});
  const compareServers = createServerComparison(services, ready, stopping.signal);
  handle({
    interactions: {
      ...answerer,
      async handle(interaction) {
        (await presence)?.update();
        return answerer.handle(interaction);
      },
    },
    onGuildRemoved: (guildId) =>
      retryWhileUnavailable(() => departures.requestCheck(guildId, clock.now()), stopping.signal),
    async onGuildsListed() {
      (await presence)?.resend();
      await compareServers();
    },
    onGuildChanged: createSilencedResumer({
      countdowns,
      pauses,
      checkReturn: createReturnCheck(services),
      get: createRateLimitedGet(rest, store.acquireSlot),
      botId: async () => (await ready).botId,
      now: clock.now,
      isChangeKnown: true,
    }),
  });
  const gateway = await ready;
  countRateLimits(gateway.rest, metrics);
  const { rest: gatewayRest, applicationId } = gateway;
  const { signal } = stopping;
  await startRegistration({ services, commands, rest: gatewayRest, applicationId, signal, onRegistered });
  await ownsDatabase();
  return {
    checks: { gateway: createGatewayCheck(gateway) },
    whenIdle: gateway.whenIdle,
    async stop() {
      stopping.abort();
      (await presence)?.stop();
      await close();
    },
  };
}

/** The time between two checks of servers: a list without any server must not hold up posts. */
const CHECK_EVERY = Temporal.Duration.from({ milliseconds: 250 });

/**
 * Creates the comparison of the stored servers with those that Discord lists. A server that is not listed is checked: the list
 * alone proves nothing. A comparison that is requested during another one follows it.
 */
function createServerComparison(
  { countdowns, departures, clock, ownsDatabase }: Services,
  ready: Promise<Gateway>,
  signal: AbortSignal,
): () => Promise<void> {
  const limit = pLimit(1);
  const compare = async () => {
    const { hasDeparted } = await ready;
    if (!(await ownsDatabase())) return;
    let at = clock.now();
    for await (const guildId of countdowns.servers()) {
      if (signal.aborted) return;
      if (!hasDeparted(guildId)) continue;
      await departures.requestCheck(guildId, at);
      at = at.add(CHECK_EVERY);
    }
  };
  return async () => {
    if (limit.pendingCount === 0) await limit(() => retryWhileUnavailable(compare, signal));
  };
}

async function startOverHttp(
  { services, commands, answerer, onRegistered }: ReceivingOptions,
  application: Application,
): Promise<InteractionService> {
  const { config, clock, log, rest, countdowns, pauses } = services;
  const resume = createSilencedResumer({
    countdowns,
    pauses,
    checkReturn: createReturnCheck(services),
    get: (path) => rest.get(path),
    botId: async () => application.botId,
    now: clock.now,
    isChangeKnown: false,
  });
  const { startWebhookServer } = await import('../discord/webhook/server.ts');
  const endpoint = await startWebhookServer({
    ...config.endpoint,
    publicKey: config.publicKey ?? application.publicKey,
    rest,
    answerer: resumeBefore({ services, commands, answerer, onRegistered }, resume),
    authorized: resume,
    realTime: systemClock(),
    log,
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  await startRegistration({
    services,
    commands,
    rest,
    applicationId: application.id,
    signal,
    onRegistered,
  });
  const stop = () => {
    stopping.abort();
    return endpoint.close();
  };
  return { endpoint: endpoint.url, checks: {}, whenIdle: endpoint.whenIdle, stop };
}

/**
 * Wraps the handler: resumes silenced countdowns of a server before it handles a command for admins. Without a gateway nothing
 * reports changed permissions, and an admin who uses such a command may just have changed them.
 */
function resumeBefore(
  { services: { log }, commands, answerer }: ReceivingOptions,
  resume: ResumeSilenced,
): InteractionHandler {
  const forAdmins = new Set(
    commands.filter(({ memberPermissions }) => memberPermissions).map(({ name }) => name),
  );
  return {
    ...answerer,
    async handle(interaction) {
      const guild = isNamed(interaction, forAdmins) ? interaction.guild_id : undefined;
      if (guild) {
        await resume(guild).catch((error: unknown) =>
          log.warn({ err: error, guild }, 'silenced countdowns could not be checked, not resumed'),
        );
      }
      return answerer.handle(interaction);
    },
  };
}

const isNamed = (interaction: APIInteraction, names: ReadonlySet<string>) =>
  interaction.type === InteractionType.ApplicationCommand && names.has(interaction.data.name);
