import { z } from 'zod';
import { DAY_PATTERN, type Day } from '../../facts/dates.ts';
import type { Slot } from '../../facts/schema.ts';
import { ALL_TITLES, isInScope, titleScope } from '../../facts/title-scope.ts';

/** What can be followed of a title. */
export const FOLLOWED = ['cast', 'trailer', 'date', 'stage', 'streaming'] as const;
/** One part of it. */
export type Followed = (typeof FOLLOWED)[number];

/** An order to post news: it is the part of a countdown that says what it posts. */
export const followSchema = z.strictObject({
  title: z.string().optional().describe('The title whose news is posted, if it is not all titles'),
  what: z.array(z.enum(FOLLOWED)).min(1).optional().describe('Which news, if not all'),
  digest: z.literal('weekly').optional().describe('Whether the news of a week is gathered in one post'),
  from: z.string().regex(DAY_PATTERN).describe('The day of the order: only what became known since is news'),
  skipped: z
    .array(z.string())
    .optional()
    .describe('What is not posted: known already when it was ordered, or due while it was paused'),
});
/** An order to post news. */
export type Follow = z.output<typeof followSchema>;

/** Returns the id of what an order follows: the `release` of its countdown. */
export const scopeOf = ({ title }: Pick<Follow, 'title'>) => (title ? titleScope(title) : ALL_TITLES);

/** Whether an order follows a slot. */
export function isFollowed(slot: Slot, follow: Pick<Follow, 'title' | 'what'>): boolean {
  const part = partOf(slot);
  return part !== undefined && (follow.what ?? FOLLOWED).includes(part) && isInScope(slot, scopeOf(follow));
}

/** The media that are watched at home. */
const AT_HOME: readonly string[] = ['digital', 'disc', 'streaming'];

/** Returns the part that a slot belongs to; undefined where nobody follows it. */
function partOf(slot: Slot): Followed | undefined {
  switch (slot.kind) {
    case 'role':
    case 'credit':
      return 'cast';
    case 'trailer':
      return 'trailer';
    case 'release':
      return AT_HOME.includes(slot.medium) ? 'streaming' : 'date';
    case 'project':
      return 'stage';
    case 'event':
      return slot.topics?.includes('filming') ? 'stage' : undefined;
    case 'prose':
      return slot.topics[0] === 'streaming' ? 'streaming' : undefined;
    default:
      return undefined;
  }
}

/** A claim that is told: its slot, and the day on which it became known. */
export interface NewsItem {
  slot: string;
  known: Day;
}

/** Returns an item as text, and back. */
export const writeItem = ({ slot, known }: NewsItem) => `${slot}@${known}`;
export const readItem = (text: string): NewsItem => {
  const at = text.lastIndexOf('@');
  return { slot: text.slice(0, at), known: text.slice(at + 1) };
};
