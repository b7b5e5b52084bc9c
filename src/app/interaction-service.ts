import { randomBytes } from 'node:crypto';
import type { REST } from '@discordjs/rest';
import { type APIInteraction, InteractionType } from 'discord-api-types/v10';
import type { Connecting } from '../discord/gateway.ts';
import { lookingAgain } from '../discord/posting/resume-silenced.ts';
import { goneBy } from '../discord/posting/scheduled-events.ts';
import { restTester } from '../discord/posting/test-sender.ts';
import type { Answerer } from '../discord/respond.ts';
import type { Application } from '../discord/rest/application.ts';
import { inTurn } from '../discord/rest/bot-permissions.ts';
import { meterLimits } from '../discord/rest/client.ts';
import { directsOver } from '../discord/rest/dm-channel.ts';
import { askLinks } from '../discord/rest/links.ts';
import { openEndpoint } from '../discord/webhook/server.ts';
import type { Command } from '../interactions/command.ts';
import { registration } from '../interactions/command-definitions.ts';
import { answer } from '../interactions/handle-interaction.ts';
import { isForEveryone } from '../interactions/parse-request.ts';
import { register } from '../interactions/register-commands.ts';
import { systemClock } from '../lib/clock.ts';
import { type Check, gatewayConnected } from '../ops/health-checks.ts';
import { storedIn } from '../privacy/owner-data.ts';
import { belongsTo } from '../store/database-owner.ts';
import { insist } from '../store/retry.ts';
import type { Parts } from './services.ts';

/** The half of the bot that answers people. */
export interface Answering {
  /** Where it listens for interactions; undefined where they come over the gateway. */
  endpoint?: string;
  /** Whether the way in is open, for operators. */
  checks: Readonly<Record<string, Check>>;
  /** Resolves when nothing is being answered. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes what comes over the gateway, or opens an endpoint for an application that has none, and registers the commands. Commands
 * do not know which way it is.
 */
export function startAnswering(
  parts: Parts,
  commands: readonly Command[],
  way: Connecting | Application,
): Promise<Answering> {
  const reference = () => randomBytes(3).toString('hex');
  const { rest, posts, invalid, clock, knowledge, dataState, store, version, eventCalls } = parts;
  const started = clock.now();
  const asking = {
    ...parts,
    commands,
    reference,
    openDirect: directsOver(posts, () => invalid.note(clock.now())),
    stored: storedIn(store.open),
    eventIsGone: goneBy(eventCalls),
    self: { version, startedAt: started, data: dataState, links: () => askLinks(rest) },
  };
  const answerer: Answerer = {
    answer(interaction) {
      // Each answer keeps to what is known when it begins.
      const { facts, catalogue } = knowledge();
      const postTest = restTester(posts, facts, catalogue, store.pace);
      return answer({ ...asking, facts, catalogue, postTest }, interaction);
    },
    isForEveryone: (interaction) => isForEveryone(commands, interaction),
  };
  return 'publicKey' in way
    ? overHttp(parts, commands, answerer, way)
    : overGateway(parts, commands, answerer, way);
}

async function overGateway(
  parts: Parts,
  commands: readonly Command[],
  answerer: Answerer,
  { ready, handle, close }: Connecting,
): Promise<Answering> {
  const { rest, clock, log, meters, store, countdowns } = parts;
  const stopping = new AbortController();
  handle({
    answerer,
    removed: (guildId) => insist(() => countdowns.forget(guildId), stopping.signal),
    changed: lookingAgain({
      countdowns,
      get: inTurn(rest, store.pace),
      botId: async () => (await ready).botId,
      now: clock.now,
      told: true,
    }),
  });
  const gateway = await ready;
  meterLimits(gateway.rest, meters);
  await registerOnce(parts, commands, gateway.rest, gateway.applicationId);

  const isOurs = await belongsTo(store.open, gateway.applicationId, log);
  const isMember = (guildId: string) => !(isOurs && gateway.hasDeparted(guildId));
  const swept = insist(() => countdowns.forgetDeparted(isMember, stopping.signal), stopping.signal).catch(
    (error: unknown) => log.error({ err: error }, 'the data of departed servers could not be erased'),
  );
  return {
    checks: { gateway: gatewayConnected(gateway) },
    async quiet() {
      await swept;
      await gateway.quiet();
    },
    async stop() {
      stopping.abort();
      await Promise.all([swept, close()]);
    },
  };
}

async function overHttp(
  parts: Parts,
  commands: readonly Command[],
  answerer: Answerer,
  application: Application,
): Promise<Answering> {
  const { config, clock, log, rest, countdowns } = parts;
  const look = lookingAgain({
    countdowns,
    get: (path) => rest.get(path),
    botId: async () => application.botId,
    now: clock.now,
    told: false,
  });
  const forAdmins = new Set(commands.filter((one) => one.memberPermissions).map(({ name }) => name));
  const endpoint = await openEndpoint({
    ...config.endpoint,
    publicKey: config.publicKey ?? application.publicKey,
    rest,
    answerer: {
      ...answerer,
      async answer(interaction) {
        // Nobody tells of a permission that was granted. Who looks after the countdowns of a server may just have done so.
        const guild = isNamed(interaction, forAdmins) ? interaction.guild_id : undefined;
        if (guild) {
          await look(guild).catch((error: unknown) =>
            log.warn({ err: error, guild }, 'a server could not be looked at again'),
          );
        }
        return answerer.answer(interaction);
      },
    },
    authorized: look,
    realTime: systemClock(),
    log,
  });
  await registerOnce(parts, commands, rest, application.id);
  return { endpoint: endpoint.url, checks: {}, quiet: endpoint.quiet, stop: endpoint.close };
}

const isNamed = (interaction: APIInteraction, names: ReadonlySet<string>) =>
  interaction.type === InteractionType.ApplicationCommand && names.has(interaction.data.name);

/** One process at a time: those that start together do not register the same commands twice. */
async function registerOnce(
  { knowledge, store, log }: Parts,
  commands: readonly Command[],
  rest: REST,
  applicationId: string,
): Promise<void> {
  await store.startPace();
  await store
    .exclusively('registration', () =>
      register(rest, applicationId, registration(commands, knowledge().catalogue), store.open, log),
    )
    .catch((error: unknown) =>
      log.error({ err: error }, 'the commands could not be registered; the next start tries again'),
    );
}
