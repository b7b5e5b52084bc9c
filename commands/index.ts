import type { Command } from '../src/discord/command.ts';
import { ballerina } from './ballerina.ts';
import { concierge } from './concierge.ts';
import { countdown } from './countdown.ts';
import { remind } from './remind.ts';
import { wick } from './wick.ts';

/** All commands: what is registered is what is answered. */
export const commands: readonly Command[] = [ballerina, wick, countdown, remind, concierge];
