import { type Card, neighbours, type View } from '../answers/card.ts';
import { lines } from '../answers/lines.ts';
import { createCard } from '../answers/make-card.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import { entriesOf } from './entries.ts';
import { createIcs } from './ics.ts';

/** Returns the answer with the calendar file of a title, or of all titles. */
export function calendarCard(view: View, title?: string): Card {
  const { say } = view.language;
  const found = entriesOf(view, title);
  const withdrawn = found.filter(({ entry }) => entry.status === 'cancelled').length;
  const card = createCard(view, {
    title: title ? say('calendar.title', { title: titleName(view, title) }) : say('calendar.title-all'),
    lead: {
      text:
        found.length > 0
          ? say('calendar.lead', { count: found.length - withdrawn, withdrawn })
          : say('calendar.none'),
    },
    facts: [],
    details: [
      {
        lines: found.flatMap(({ fact }) => {
          const label = releaseLabel(view, fact.slot);
          return lines(view, fact, title ? label : `${titleName(view, fact.slot.title)} · ${label}`);
        }),
      },
    ],
    next: [
      ...(title ? [{ path: 'wick/film', options: { title }, label: titleName(view, title) }] : []),
      ...neighbours(view, 'upcoming', 'timeline'),
    ],
    from: found.map(({ fact }) => fact),
    ...(title && { again: { title } }),
  });
  if (found.length === 0) return card;
  const data = createIcs(found.map(({ entry }) => entry));
  return { ...card, file: { name: `${title ?? 'john-wick'}.ics`, type: 'text/calendar', data } };
}
