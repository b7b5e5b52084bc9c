import type { Command } from '../src/interactions/command.ts';
import { ballerina } from './ballerina.ts';
import { concierge } from './concierge/index.ts';
import { countdown } from './countdown/index.ts';
import { remind } from './remind/index.ts';
import { wick } from './wick.ts';

/** All commands: what is registered is what is answered. */
export const commands: readonly Command[] = [ballerina, wick, countdown, remind, concierge];
