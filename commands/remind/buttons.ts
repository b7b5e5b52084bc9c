import { remindAction } from '../../src/answers/reminder.ts';
import { countableValue } from '../../src/countdown/countable-releases.ts';
import type { Countdown, CountdownState } from '../../src/countdown/countdown.ts';
import { type Button, buttonRows, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/context.ts';

/** Returns the button that stops a reminder. */
export const stopButton = ({ language }: Context, { countdown }: CountdownState): Button => ({
  verb: 'press',
  path: 'remind/stop',
  options: { reminder: countdown.id },
  label: language.say('button.remind-stop'),
});

/** Returns the button that sets a stopped reminder again; undefined for a server's own date, which only its post can set. */
export function setAgainButton(
  { language }: Context,
  { release, anniversary, own }: Countdown,
): Button | undefined {
  if (own) return undefined;
  const { path, options = {}, label } = remindAction(language, countableValue(release, anniversary));
  return { verb: 'press', path, options, label };
}

/** Returns a sentence that only the user sees, with a button under it, if there is one. */
export const sentenceReply = (sentence: string, button: Button | undefined): Reply => ({
  ...ephemeralText(sentence),
  ...(button && { components: buttonRows([[button]]) }),
});
