import { type Count, postsAmong } from './count.ts';
import type { Discord, PostedMessage } from './discord.ts';
import { type ChaosWorld, ROUNDS } from './world.ts';

/** The number of rounds before the day itself, in which a live message is edited. */
const DAYS_BEFORE = ROUNDS.length - 1;

/** What is counted in one channel. */
type ChannelCount = Required<Omit<Count, 'expected'>>;

async function sum(
  discord: Discord,
  channels: readonly string[],
  countOf: (posts: PostedMessage[]) => ChannelCount,
): Promise<Count> {
  const total = { expected: channels.length, made: 0, lost: 0, repeated: 0, wronglyDeleted: 0 };
  for (const channel of channels) {
    const messages = await discord.messages(channel);
    // The request of an edit has no nonce.
    const edited = messages.filter((message) => message.edited !== null);
    const count = countOf([...new Set([...postsAmong(messages), ...edited])]);
    total.made += count.made;
    total.lost += count.lost;
    total.repeated += count.repeated;
    total.wronglyDeleted += count.wronglyDeleted;
  }
  return total;
}

/** The start of the newest round. */
const roundOf = (milestones: number) => ROUNDS[milestones - 1] ?? Temporal.Instant.fromEpochMilliseconds(0);

const isSince = (at: string | null, start: Temporal.Instant) =>
  at !== null && Temporal.Instant.compare(at, start) >= 0;

/** Counts the channels in which only the newest post is to stay: an older one that is still there is a lost deletion. */
export function countKept(discord: Discord, { kept }: ChaosWorld, milestones: number): Promise<Count> {
  return sum(discord, kept, (posts) => {
    const newest = posts.filter(({ timestamp }) => isSince(timestamp, roundOf(milestones))).length;
    return {
      made: Math.min(1, newest),
      lost: posts.length > 0 && (newest === 0 || posts.length > newest) ? 1 : 0,
      repeated: Math.max(0, newest - 1),
      wronglyDeleted: posts.length === 0 ? 1 : 0,
    };
  });
}

/** Counts the channels with a live message that shows the newest state. On the day there is a second one, and the first stays. */
export function countLive(discord: Discord, { live }: ChaosWorld, milestones: number): Promise<Count> {
  const due = milestones > DAYS_BEFORE ? 2 : 1;
  return sum(discord, live, (posts) => {
    const start = roundOf(milestones);
    const isMade = posts.some(
      ({ timestamp, edited }) => isSince(timestamp, start) || (due === 1 && isSince(edited, start)),
    );
    return {
      made: isMade ? 1 : 0,
      lost: isMade ? 0 : 1,
      repeated: Math.max(0, posts.length - due),
      wronglyDeleted: isMade ? Math.max(0, due - posts.length) : 0,
    };
  });
}
