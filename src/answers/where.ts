import type { Fact } from '../facts/snapshot.ts';
import { type Card, neighbours, type View } from './card.ts';
import { allLines, prose, releaseLines } from './lines.ts';
import { createCard, detail } from './make-card.ts';
import { titleName } from './names.ts';
import { releasesOf } from './release.ts';

/** Where a title can be watched, everywhere or in one region, with the day of each statement. */
export function whereCard(view: View, title: string, region?: string): Card {
  const { say } = view.language;
  const named = { title: titleName(view, title) };
  const all = releasesOf(view, title).filter(
    ({ slot }) => !region || slot.regions.includes(region) || slot.regions.includes('001'),
  );
  const by = (...media: string[]) => all.filter(({ slot }) => media.includes(slot.medium));
  // What is told in prose is told of the United States.
  const told = region && region !== 'US' ? [] : prose(view, 'streaming', title);
  const streaming = by('streaming');
  const home: Fact<'release'>[] = [...streaming, ...by('digital', 'disc', 'release')];
  const [first, ...rest] = [
    ...allLines(view, told),
    ...(told.length === 0 ? releaseLines(view, streaming) : []),
  ];
  return createCard(view, {
    title: say('where.title', named),
    lead: first ?? { text: say(home.length > 0 ? 'where.no-service' : 'where.none', named) },
    details: [
      detail(undefined, rest),
      detail(say('where.home'), releaseLines(view, told.length === 0 ? home.slice(streaming.length) : home)),
      detail(say('medium.theatrical'), releaseLines(view, by('theatrical'))),
    ],
    next: [
      { path: 'wick/film', options: { title }, label: titleName(view, title) },
      ...neighbours(view, 'upcoming', 'timeline'),
    ],
    from: told,
    again: { title, ...(region && { region }) },
  });
}
