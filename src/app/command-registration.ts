import type { REST } from '@discordjs/rest';
import { createRateLimitedGet } from '../discord/rest/bot-permissions.ts';
import type { Command } from '../interactions/command.ts';
import { commandDefinitions } from '../interactions/command-definitions.ts';
import type { CommandIds } from '../interactions/link-commands.ts';
import { registerCommands } from '../interactions/register-commands.ts';
import type { Services } from './services.ts';

/** A failed registration is repeated after this time; it doubles with each attempt, up to the maximum. In minutes. */
const FIRST_DELAY_MINUTES = 1;
const MAX_DELAY_MINUTES = 64;

/** What a registration needs. */
export interface RegistrationOptions {
  services: Pick<Services, 'knowledge' | 'store' | 'clock' | 'log'>;
  commands: readonly Command[];
  rest: REST;
  applicationId: string;
  /** Called with the ids of the commands once they are registered. */
  onRegistered(ids: CommandIds): void;
  /** Ends further attempts. */
  signal: AbortSignal;
}

/**
 * Registers the commands. Resolves after the first attempt; if that fails, others follow in the background: without commands
 * nobody can use the bot, and a single bad answer of Discord says nothing about the next.
 */
export async function startRegistration(options: RegistrationOptions): Promise<void> {
  if (!(await tryToRegister(options))) void retry(options);
}

async function retry(options: RegistrationOptions): Promise<void> {
  const { services, signal } = options;
  const { clock } = services;
  for (let minutes = FIRST_DELAY_MINUTES; ; minutes = Math.min(minutes * 2, MAX_DELAY_MINUTES)) {
    await clock.sleepUntil(clock.now().add({ minutes }), signal);
    if (signal.aborted || (await tryToRegister(options))) return;
  }
}

/** Registers the commands under a lock, so that processes that start together do not register them twice. */
async function tryToRegister(options: RegistrationOptions): Promise<boolean> {
  const { services, commands, rest, applicationId } = options;
  const { knowledge, store, log } = services;
  try {
    const definitions = commandDefinitions(commands, knowledge().catalogue);
    await store.acquireStartupSlot();
    const paced = createPaced(rest, store.acquireSlot);
    const ids = await store.withLock('registration', () =>
      registerCommands(paced, applicationId, definitions, store.open, log),
    );
    options.onRegistered(ids);
    return true;
  } catch (error) {
    log.error({ err: error }, 'commands could not be registered, trying again later');
    return false;
  }
}

/** A client whose requests wait for a rate-limit slot each: posts may be due at the same time. */
function createPaced(rest: REST, acquireSlot: () => Promise<void>): Pick<REST, 'get' | 'put'> {
  return {
    get: createRateLimitedGet(rest, acquireSlot),
    put: async (...request) => {
      await acquireSlot();
      return rest.put(...request);
    },
  };
}
