import type { View } from '../../answers/card.ts';
import { titleName } from '../../answers/names.ts';
import type { Language } from '../../i18n/translator.ts';
import { FOLLOWED, type Follow } from './follow.ts';

/** Returns the name of an order to post news, not escaped: "News: John Wick: Chapter 5". */
export const followLabel = (view: View, { title }: Pick<Follow, 'title'>): string =>
  title
    ? view.language.say('follow.name', { title: titleName(view, title, 'full') })
    : view.language.say('follow.name-all');

/** Returns which news an order posts: "cast and crew, and trailers". */
export const followedText = ({ say, list }: Language, { what }: Pick<Follow, 'what'>): string =>
  list((what ?? FOLLOWED).map((part) => say(`follow.what.${part}`)));
