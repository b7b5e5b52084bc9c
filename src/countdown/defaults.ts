import type { Defaults } from './countdown.ts';
import { PRESETS } from './parse-input.ts';

/** The settings of new countdowns where neither the command nor the server says otherwise. */
export const BUILT_IN: Defaults = { timeZone: 'UTC', time: '09:00', milestones: [...PRESETS.standard] };
