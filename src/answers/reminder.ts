import type { Language } from '../i18n/translator.ts';
import type { Next } from './card.ts';

/**
 * Returns the button that sets a reminder for a release: a slot's id, or the value of another choice of `/remind me`. Anyone may press
 * it, under any message; the reply is private and has a button that takes it back.
 */
export const remindAction = ({ say }: Language, release: string): Next => ({
  path: 'remind/me',
  options: { release },
  label: say('button.remind'),
  isPress: true,
});

/** Returns the button that adds a countdown to a release in the channel of the answer. */
export const countDownAction = ({ say }: Language, release: string): Next => ({
  path: 'countdown/add',
  options: { release },
  label: say('button.count-down'),
  isPress: true,
  forManagers: true,
});
