import type { Countdown } from '../../src/countdown/countdown.ts';
import type { Button } from '../../src/discord/message/reply.ts';
import type { Language } from '../../src/i18n/translator.ts';

type Named = Pick<Countdown, 'id'>;

/** Returns the button that shows the next posts of a countdown as they will appear. */
export const previewButton = ({ say }: Language, { id }: Named): Button => ({
  verb: 'press',
  path: 'countdown/preview',
  options: { countdown: id },
  label: say('button.preview'),
});

/** Returns the button that opens one countdown of the list; `page` leads back to where it was. */
export const detailsButton = ({ say }: Language, { id }: Named, page: string): Button => ({
  verb: 'press',
  path: 'countdown/list',
  options: { countdown: id, page },
  label: say('button.details'),
});

/** Returns the button that leads back to a page of the list. */
export const listButton = ({ say }: Language, page: string): Button => ({
  verb: 'press',
  path: 'countdown/list',
  options: { page },
  label: say('button.all-countdowns'),
});

/** Returns the buttons of one countdown; one that posts nothing can be resumed. */
export function detailButtons(language: Language, countdown: Named, isStopped: boolean): Button[] {
  const { say } = language;
  const options = { countdown: countdown.id };
  return [
    previewButton(language, countdown),
    editButton(language, countdown),
    isStopped
      ? { verb: 'press', path: 'countdown/resume', options, label: say('button.resume') }
      : { verb: 'press', path: 'countdown/pause', options, label: say('button.pause') },
    { verb: 'press', path: 'countdown/remove', options, label: say('button.remove'), danger: true },
  ];
}

/** Returns the button that opens the form of a countdown. */
export const editButton = ({ say }: Language, { id }: Named): Button => ({
  verb: 'press',
  path: 'countdown/edit',
  options: { countdown: id, form: 'yes' },
  label: say('button.edit'),
});
