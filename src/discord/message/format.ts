import { inlineCode as code, TimestampStyles, time } from '@discordjs/formatters';
import { escapeMarkdown, oneLine } from '../../lib/markdown.ts';
import { clip } from './limits.ts';

export { bold, channelMention, messageLink, roleMention } from '@discordjs/formatters';

/** Returns an instant as Discord shows it in the reader's zone and words, with how far off it is. */
export function timestamp(instant: Temporal.Instant): string {
  const seconds = Math.floor(instant.epochMilliseconds / 1000);
  return `${time(seconds, TimestampStyles.LongDateTime)} (${time(seconds, TimestampStyles.RelativeTime)})`;
}

/**
 * Returns a user's text for a message: on one line, at most `max` units long, with all markdown escaped. Own code instead of
 * `@discordjs/formatters`: its `escapeMarkdown` leaves mentions, links and invisible characters as they are.
 */
export function quote(text: string, max = 80): string {
  return escapeMarkdown(clip(oneLine(text), max));
}

/** Returns a user's text as inline code to copy, on one line. A backtick would end the code, so it becomes an apostrophe. */
export function inlineCode(text: string, max = 600): string {
  return code(clip(oneLine(text).replaceAll('`', "'"), max));
}
