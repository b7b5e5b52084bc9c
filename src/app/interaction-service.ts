import { randomBytes } from 'node:crypto';
import type { REST } from '@discordjs/rest';
import { type APIInteraction, InteractionType } from 'discord-api-types/v10';
import type { GatewayConnection } from '../discord/gateway.ts';
import { createSilencedResumer } from '../discord/posting/resume-silenced.ts';
import type { InteractionHandler } from '../discord/respond.ts';
import type { Application } from '../discord/rest/application.ts';
import { createPacedGet } from '../discord/rest/bot-permissions.ts';
import { countRateLimits } from '../discord/rest/client.ts';
import { startWebhookServer } from '../discord/webhook/server.ts';
import type { Command } from '../interactions/command.ts';
import { commandDefinitions } from '../interactions/command-definitions.ts';
import { createInteractionHandler } from '../interactions/handle-interaction.ts';
import { registerCommands } from '../interactions/register-commands.ts';
import { systemClock } from '../lib/clock.ts';
import { type Check, createGatewayCheck } from '../ops/health-checks.ts';
import { isOwnedBy } from '../store/database-owner.ts';
import { retryWhileUnavailable } from '../store/retry.ts';
import type { Services } from './services.ts';

/** The half of the bot that answers people. */
export interface InteractionService {
  /** Where it listens for interactions; undefined where they come over the gateway. */
  endpoint?: string;
  /** Whether the way in is open, for operators. */
  checks: Readonly<Record<string, Check>>;
  /** Resolves when nothing is being answered. */
  whenIdle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes what comes over the gateway, or opens an endpoint for an application that has none, and registers the commands. Commands
 * do not know which way it is.
 */
export function startInteractionService(
  services: Services,
  commands: readonly Command[],
  way: GatewayConnection | Application,
): Promise<InteractionService> {
  const { knowledge, clock, metrics, log } = services;
  const reference = () => randomBytes(3).toString('hex');
  const answerer = createInteractionHandler({ commands, knowledge, clock, reference, metrics, log });
  return 'publicKey' in way
    ? overHttp(services, commands, answerer, way)
    : overGateway(services, commands, answerer, way);
}

async function overGateway(
  services: Services,
  commands: readonly Command[],
  answerer: InteractionHandler,
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
      get: createPacedGet(rest, store.acquireSlot),
      botId: async () => (await ready).botId,
      now: clock.now,
      isChangeKnown: true,
    }),
  });
  const gateway = await ready;
  countRateLimits(gateway.rest, metrics);
  await registerOnce(services, commands, gateway.rest, gateway.applicationId);

  const isOurs = await isOwnedBy(store.open, gateway.applicationId, log);
  const isMember = (guildId: string) => !(isOurs && gateway.hasDeparted(guildId));
  const swept = retryWhileUnavailable(
    () => countdowns.deleteDeparted(isMember, stopping.signal),
    stopping.signal,
  ).catch((error: unknown) => log.error({ err: error }, 'the data of departed servers could not be erased'));
  return {
    checks: { gateway: createGatewayCheck(gateway) },
    async whenIdle() {
      await swept;
      await gateway.whenIdle();
    },
    async stop() {
      stopping.abort();
      await Promise.all([swept, close()]);
    },
  };
}

async function overHttp(
  services: Services,
  commands: readonly Command[],
  answerer: InteractionHandler,
  application: Application,
): Promise<InteractionService> {
  const { config, clock, log, rest, countdowns, pauses } = services;
  const look = createSilencedResumer({
    countdowns,
    pauses,
    get: (path) => rest.get(path),
    botId: async () => application.botId,
    now: clock.now,
    isChangeKnown: false,
  });
  const forAdmins = new Set(
    commands.filter(({ memberPermissions }) => memberPermissions).map(({ name }) => name),
  );
  const endpoint = await startWebhookServer({
    ...config.endpoint,
    publicKey: config.publicKey ?? application.publicKey,
    rest,
    answerer: {
      ...answerer,
      async handle(interaction) {
        // Nobody tells of a permission that was granted. Who looks after the countdowns of a server may just have done so.
        const guild = isNamed(interaction, forAdmins) ? interaction.guild_id : undefined;
        if (guild) {
          await look(guild).catch((error: unknown) =>
            log.warn({ err: error, guild }, 'a server could not be looked at again'),
          );
        }
        return answerer.handle(interaction);
      },
    },
    authorized: look,
    realTime: systemClock(),
    log,
  });
  await registerOnce(services, commands, rest, application.id);
  return { endpoint: endpoint.url, checks: {}, whenIdle: endpoint.whenIdle, stop: endpoint.close };
}

const isNamed = (interaction: APIInteraction, names: ReadonlySet<string>) =>
  interaction.type === InteractionType.ApplicationCommand && names.has(interaction.data.name);

/** One process at a time: those that start together do not register the same commands twice. */
async function registerOnce(
  { knowledge, store, log }: Services,
  commands: readonly Command[],
  rest: REST,
  applicationId: string,
): Promise<void> {
  await store.acquireStartupSlot();
  await store
    .withLock('registration', () =>
      registerCommands(
        rest,
        applicationId,
        commandDefinitions(commands, knowledge().catalogue),
        store.open,
        log,
      ),
    )
    .catch((error: unknown) =>
      log.error({ err: error }, 'the commands could not be registered; the next start tries again'),
    );
}
