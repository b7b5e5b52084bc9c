import type { Countdown } from '../../src/countdown/countdown.ts';
import { MAX_SENTENCE_LENGTH } from '../../src/countdown/custom-sentence.ts';
import { inlineCode, quote } from '../../src/discord/message/format.ts';
import type { Language } from '../../src/i18n/translator.ts';

/** Returns how the posts of a countdown look, where that is not as usual. */
export function lookLines({ say }: Language, { sentence, colour, pictureOff }: Countdown): string[] {
  return [
    ...(sentence ? [say('countdown.look.sentence', { sentence: quote(sentence, MAX_SENTENCE_LENGTH) })] : []),
    ...(pictureOff ? [say('countdown.look.no-picture')] : []),
    ...(colour && !pictureOff ? [say('countdown.look.colour', { colour: inlineCode(colour) })] : []),
  ];
}
