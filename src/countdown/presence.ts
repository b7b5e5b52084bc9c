import type { View } from '../answers/card.ts';
import { titleName } from '../answers/names.ts';
import { daysSince } from '../facts/dates.ts';
import { releaseDate } from '../facts/snapshot.ts';
import { findNextRelease } from './countable-releases.ts';

/** Returns what the bot shows under its name: the next release and its days left; null where no release has a day. */
export function presenceText(view: View): string | null {
  const next = findNextRelease(view);
  const date = next && releaseDate(next);
  if (!next || !date) return null;
  const days = daysSince(view.snapshot.day, date);
  return view.language.say('presence.next', { title: titleName(view, next.slot.title), days });
}
