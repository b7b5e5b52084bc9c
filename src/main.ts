import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { type RateLimitData, REST } from '@discordjs/rest';
import { type Logger, pino } from 'pino';
import { commands } from '../commands/index.ts';
import { prepareAsking } from './ask/ways.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { DataError, loadData } from './data.ts';
import { countdownsIn } from './delivery/countdowns.ts';
import { deliverer } from './delivery/deliver.ts';
import { sqliteDueQueue } from './delivery/due-queue.ts';
import { countInvalidRequests } from './delivery/invalid-requests.ts';
import { openLedger } from './delivery/ledger.ts';
import { evenPace } from './delivery/pace.ts';
import { type Runner, startRunner } from './delivery/runner.ts';
import { openGateway } from './discord/gateway.ts';
import { belongsTo } from './discord/identity.ts';
import { answer } from './discord/interactions.ts';
import { restPoster } from './discord/poster.ts';
import { register } from './discord/register.ts';
import { registration } from './discord/registration.ts';
import { utcDay } from './facts/dates.ts';
import { documentsIn, sqliteStore } from './store/documents.ts';
import { openSqlite } from './store/sqlite.ts';

/** A running bot. */
export interface Bot {
  /** Resolves when the bot has nothing in hand: for clocks that are turned. */
  quiet(): Promise<void>;
  /** Takes nothing new, finishes what is in hand and closes the store. */
  stop(): Promise<void>;
}

export interface BotParts {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Called when the bot cannot go on. */
  failed?: (reason: string) => void;
}

/** Nothing here repeats a post by itself: who retries is the ledger. A long wait is the ledger's too. */
const POSTS = {
  retries: 0,
  timeout: 15_000,
  rejectOnRateLimit: ({ timeToReset }: RateLimitData) => timeToReset > 30_000,
};
/** What is in hand at a stop has this long to finish; service managers kill what takes much longer. */
const STOP_WITHIN_MS = 8_000;

const REFUSED =
  'Discord refuses the token: nothing can be posted any more. Put a valid DISCORD_TOKEN in place and start again.';

/** Composes the parts and starts them. Throws where the data or the store cannot be used, or Discord refuses the token. */
export async function startBot({ config, clock, log, failed = () => {} }: BotParts): Promise<Bot> {
  const { facts, catalogue } = loadData(config.dataFolder);
  const { db, close } = openSqlite(config.database.path);
  let runner: Runner | undefined;
  try {
    const open = documentsIn(() => sqliteStore(db));
    const queue = sqliteDueQueue(db);
    const countdowns = countdownsIn(open, queue, facts, () => runner?.ring());
    const reference = () => randomBytes(3).toString('hex');
    const parts = { facts, catalogue, countdowns, commands, clock, reference, log };

    const invalid = countInvalidRequests();
    const rest = new REST({ api: config.apiUrl, version: '10', ...POSTS }).setToken(config.token);
    rest.on('response', (_, response) => {
      // Refusals are counted where they are settled; a limit, which the client may wait out, only here.
      const shared = response.headers.get('x-ratelimit-scope') === 'shared';
      if (response.status === 429 && !shared) invalid.note(clock.now());
    });
    const deliver = deliverer({
      facts,
      clock,
      countdowns,
      queue,
      ledger: openLedger(open),
      poster: restPoster(rest, facts, catalogue),
      invalid,
      pace: evenPace(),
      random: Math.random,
      log,
      refused: () => {
        void runner?.stop();
        failed(REFUSED);
      },
    });
    const now = clock.now();
    for (const release of await queue.releases()) await queue.refresh(release, facts.basis(release), now);
    // Posts need no gateway: what is due is not kept waiting by it.
    const running = startRunner({ queue, clock, deliver, log });
    runner = running;

    const gateway = await openGateway({
      token: config.token,
      apiUrl: config.apiUrl,
      answer: (interaction) => answer(parts, interaction),
      removed: (guildId) => countdowns.forget(guildId),
      changed: (guildId, mayPost) => countdowns.reconsider(guildId, mayPost, clock.now()),
      failed,
      log,
    });
    await register(gateway.rest, gateway.applicationId, registration(commands, catalogue), open, log).catch(
      (error: unknown) =>
        log.error({ err: error }, 'the commands could not be registered; the next start tries again'),
    );

    const stopping = new AbortController();
    const isOurs = await belongsTo(open, gateway.applicationId, log);
    const isMember = (guildId: string) => !isOurs || gateway.isMember(guildId);
    const swept = countdowns
      .forgetDeparted(isMember, stopping.signal)
      .catch((error: unknown) =>
        log.error({ err: error }, 'the data of departed servers could not be erased'),
      );
    log.info('ready');
    const turn = () => setImmediate(undefined, { signal: stopping.signal, ref: false });
    prepareAsking(facts, facts.asOf(utcDay(clock.now())), turn).catch((error: unknown) => {
      if (!stopping.signal.aborted) log.error({ err: error }, 'the ways of asking could not be made ready');
    });

    return {
      quiet: async () => {
        await swept;
        await gateway.quiet();
        await running.quiet();
      },
      stop: async () => {
        stopping.abort();
        const ended = Promise.all([swept, gateway.close(), running.stop()]);
        const inTime = await Promise.race([
          ended.then(() => true),
          delay(STOP_WITHIN_MS, false, { ref: false }),
        ]);
        close();
        // What was cut off stands in the ledger as being sent, and is taken up at the next start.
        if (inTime) log.info('stopped');
        else log.warn('stopped before everything in hand was finished');
      },
    };
  } catch (error) {
    await runner?.stop();
    close();
    throw error;
  }
}

/** Starts from the environment, and stops on a signal; a second signal forces it. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = pino({ level: config.logLevel });
  const end = (reason: string) => {
    log.fatal(reason);
    process.exit(1);
  };
  const bot = await startBot({ config, clock: systemClock(config.startAt), log, failed: end });

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void bot.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** What went wrong at the start, for an operator: a sentence where it is known, else the error itself. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DataError) {
    return `${error.message}\n${error.problems.length} mistake(s) in the data: mend them and start again.`;
  }
  return error instanceof Error
    ? error.cause
      ? error.message
      : (error.stack ?? error.message)
    : String(error);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(startFailure(error));
    process.exit(1);
  });
}
