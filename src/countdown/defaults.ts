import type { Defaults } from './countdown.ts';
import { PRESETS } from './parse-input.ts';

/** What countdowns are like where neither the order nor the server says anything else. */
export const BUILT_IN: Defaults = { timeZone: 'UTC', time: '09:00', milestones: [...PRESETS.standard] };
