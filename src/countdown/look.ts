import type { Countdown } from './countdown.ts';

/** How a countdown's posts look, where that is not as usual. */
type Look = Pick<Countdown, 'sentence' | 'colour' | 'pictureOff'>;

/** What an edit changes of the look. Null: as usual again. */
export interface LookChange {
  sentence?: string | null | undefined;
  colour?: string | null | undefined;
  /** Whether posts have a picture, where the server's settings allow it. */
  picture?: boolean | undefined;
}

/** Returns the look after a change; what the change leaves out stays as it is. */
export function changeLook(before: Look, change: LookChange): Look {
  const { sentence = before.sentence, colour = before.colour, picture = !before.pictureOff } = change;
  return {
    ...(sentence && { sentence }),
    ...(colour && { colour }),
    ...(!picture && { pictureOff: true }),
  };
}
