import type { Command } from '../src/discord/command.ts';
import { ballerina } from './ballerina.ts';
import { countdown } from './countdown.ts';
import { wick } from './wick.ts';

/** All commands: what is registered is what is answered. */
export const commands: readonly Command[] = [ballerina, wick, countdown];
