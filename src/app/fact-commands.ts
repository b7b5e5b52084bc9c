import { createCommands } from '../../commands/index.ts';
import type { Services } from '../../commands/services.ts';
import type { Command } from '../interactions/command.ts';

/** Returns the commands that answer from the facts, which use no services, for scripts that print or check their answers. */
export const createFactCommands = (): readonly Command[] =>
  createCommands({} as Services).filter(({ subcommands }) => subcommands.some(({ since }) => since));
