import type { ContentRefusal, PauseReason } from '../countdown/countdown.ts';

/** The result of sending a post. */
export type Outcome =
  /** `channelId` is set if the post is in another channel than the one it was sent to. */
  | { kind: 'posted'; messageId: string; channelId?: string }
  /** `notSent`: Discord has surely not taken it. `waitMs`: how long Discord refuses further requests. */
  | { kind: 'retry'; why: string; notSent?: boolean; waitMs?: number }
  /** The channel, the server or the person refuses posts. */
  | { kind: 'paused'; reason: PauseReason }
  /** Discord refuses this one post for its content. */
  | { kind: 'rejected'; reason: ContentRefusal; why: string }
  /** Discord rejects the bot's token. */
  | { kind: 'refused' };
