import { randomBytes } from 'node:crypto';
import { type APIInteraction, InteractionType } from 'discord-api-types/v10';
import type { Gateway, GatewayConnection } from '../discord/gateway.ts';
import { createSilencedResumer, type ResumeSilenced } from '../discord/posting/resume-silenced.ts';
import type { InteractionHandler } from '../discord/respond.ts';
import type { Application } from '../discord/rest/application.ts';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import { countRateLimits } from '../discord/rest/client.ts';
import type { Command } from '../interactions/command.ts';
import { createInteractionHandler } from '../interactions/handle-interaction.ts';
import { systemClock } from '../lib/clock.ts';
import { type Check, createGatewayCheck } from '../ops/health-checks.ts';
import { isOwnedBy } from '../store/database-owner.ts';
import { retryWhileUnavailable } from '../store/retry.ts';
import { startRegistration } from './command-registration.ts';
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
  const answerer = createInteractionHandler({ commands, knowledge, clock, reference, metrics, log });
  const options = { services, commands, answerer };
  return 'publicKey' in access ? startOverHttp(options, access) : startOverGateway(options, access);
}

async function startOverGateway(
  { services, commands, answerer }: ReceivingOptions,
  { ready, handle, close }: GatewayConnection,
): Promise<InteractionService> {
  const { rest, clock, log, metrics, store, countdowns, pauses } = services;
  const stopping = new AbortController();
  handle({
    interactions: answerer,
    onGuildRemoved: (guildId) =>
      retryWhileUnavailable(() => countdowns.deleteOwner(guildId), stopping.signal),
    onGuildChanged: createSilencedResumer({
      countdowns,
      pauses,
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
  await startRegistration({ services, commands, rest: gatewayRest, applicationId, signal });
  const isOurs = await isOwnedBy(store.open, gateway.applicationId, log);
  const cleanup = isOurs ? deleteDeparted(services, gateway, stopping.signal) : Promise.resolve();
  return {
    checks: { gateway: createGatewayCheck(gateway) },
    async whenIdle() {
      await cleanup;
      await gateway.whenIdle();
    },
    async stop() {
      stopping.abort();
      await Promise.all([cleanup, close()]);
    },
  };
}

/** Erases the data of the servers that removed the bot while it was offline. */
async function deleteDeparted(
  { countdowns, log }: Services,
  gateway: Gateway,
  signal: AbortSignal,
): Promise<void> {
  const isMember = (guildId: string) => !gateway.hasDeparted(guildId);
  await retryWhileUnavailable(() => countdowns.deleteDeparted(isMember, signal), signal).catch(
    (error: unknown) =>
      log.error(
        { err: error },
        'data of servers that removed the bot could not be erased, the next start tries again',
      ),
  );
}

async function startOverHttp(
  { services, commands, answerer }: ReceivingOptions,
  application: Application,
): Promise<InteractionService> {
  const { config, clock, log, rest, countdowns, pauses } = services;
  const resume = createSilencedResumer({
    countdowns,
    pauses,
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
    answerer: resumeBefore({ services, commands, answerer }, resume),
    authorized: resume,
    realTime: systemClock(),
    log,
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  await startRegistration({ services, commands, rest, applicationId: application.id, signal });
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
