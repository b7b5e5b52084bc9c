import { z } from 'zod';
import type { Countdown, KeptPosts } from '../../src/countdown/countdown.ts';
import type { Option } from '../../src/interactions/command.ts';
import { flagSchema, refuse } from '../../src/interactions/options.ts';

/** Which posts stay in the channel. */
export const keep = {
  type: 'string',
  description: 'countdown.option.keep',
  schema: z.enum(['all', 'newest', 'none'], refuse('refused.choice')).optional(),
  choices: [
    { name: 'countdown.keep.all', value: 'all' },
    { name: 'countdown.keep.newest', value: 'newest' },
    { name: 'countdown.keep.none', value: 'none' },
  ],
} satisfies Option<KeptPosts | 'all' | undefined>;

/** Whether one message is edited each day. */
export const live = {
  type: 'boolean',
  description: 'countdown.option.live',
  schema: flagSchema.optional(),
} satisfies Option<boolean | undefined>;

/** Returns the fields of a new countdown that say what becomes of its posts. */
export const upkeepFields = (options: {
  keep: KeptPosts | 'all' | undefined;
  live: boolean | undefined;
}): Pick<Countdown, 'keep' | 'live'> => ({
  ...(options.keep && options.keep !== 'all' && { keep: options.keep }),
  ...(options.live && { live: true }),
});
