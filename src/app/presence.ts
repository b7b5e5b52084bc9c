import { presenceText } from '../countdown/presence.ts';
import { utcDay } from '../facts/dates.ts';
import type { CurrentKnowledge } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';

/** The activity is changed at most once in this time. */
const AT_MOST_EVERY = Temporal.Duration.from({ hours: 1 });

/** How often the time is looked at where nothing happens. Real time. */
const LOOK_EVERY_MS = 60_000;

/** Everyone sees the same activity, so it has no reader's language. */
const LOCALE = 'en-US';

/** The bot's activity, kept up to date. */
export interface Presence {
  /** Changes the activity if it is another one by now. */
  update(): void;
  /** The same for a new session, which shows none until it is told: sends the activity in any case. */
  resend(): void;
  stop(): void;
}

interface PresenceOptions {
  knowledge: CurrentKnowledge;
  clock: Pick<Clock, 'now'>;
  /** Shows the text under the bot's name; null: nothing. */
  send(text: string | null): void;
}

/**
 * Shows the next release as the bot's activity. It looks at the given clock once a minute of real time and whenever `update` is called:
 * a sleeper of that clock would stop a turned clock at every hour.
 */
export function startPresence({ knowledge, clock, send }: PresenceOptions): Presence {
  let shown: string | null = null;
  let changedAt: Temporal.Instant | undefined;
  /** Returns whether the activity was changed. */
  const change = (): boolean => {
    const now = clock.now();
    if (changedAt && Temporal.Instant.compare(now, changedAt.add(AT_MOST_EVERY)) < 0) return false;
    const { facts, catalogue } = knowledge();
    const view = {
      facts,
      snapshot: facts.asOf(utcDay(now)),
      language: catalogue.in(LOCALE),
      spoilers: false,
    };
    const text = presenceText(view);
    if (text === shown) return false;
    shown = text;
    changedAt = now;
    send(text);
    return true;
  };
  const timer = setInterval(change, LOOK_EVERY_MS);
  timer.unref();
  return {
    update: () => void change(),
    resend() {
      if (!change() && shown !== null) send(shown);
    },
    stop: () => clearInterval(timer),
  };
}
