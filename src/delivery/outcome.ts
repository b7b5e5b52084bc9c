import type { PauseReason } from '../countdown/countdown.ts';

/** What came of sending a post. */
export type Outcome =
  /** Where it stands, where that is not the channel it was sent to. */
  | { kind: 'posted'; messageId: string; channelId?: string }
  | { kind: 'retry'; why: string; notSent?: boolean }
  | { kind: 'paused'; reason: PauseReason }
  | { kind: 'refused' };
