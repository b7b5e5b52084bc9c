import type { Day } from '../facts/dates.ts';

/** One post of a countdown: what it is for, and when it is due. */
export interface Occurrence {
  /** Made of the countdown, the milestone and the date; stable, so the ledger knows by it what was posted. */
  key: string;
  kind: 'milestone' | 'anniversary' | 'moved' | 'dated' | 'news';
  due: Temporal.Instant;
  /** The date counted to. */
  date: Day;
  /** Days before the date, of milestones. */
  daysBefore: number;
  /** Minutes before the start, of milestones in hours and minutes. */
  minutesBefore?: number;
  /** The start of a date with an hour: the local time, and the instant. */
  start?: Start;
  /** The date that the channel was told before, with its hour if it had one, for a moved date. */
  was: string | null;
  /** What a post of news tells. */
  items?: readonly string[];
  /** Whether it edits the message of a live countdown, where there is one. */
  isLive?: true;
}

/** When a date with an hour starts. */
export interface Start {
  /** The local time, HH:MM. */
  time: string;
  at: Temporal.Instant;
}

/** Why an occurrence is not posted. */
export type SkipReason = 'late' | 'collapsed';
/** An occurrence that is not posted. */
export interface Skip {
  occurrence: Occurrence;
  reason: SkipReason;
}
