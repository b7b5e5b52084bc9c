import { compareDates, type PartialDay } from '../facts/dates.ts';
import { isOut } from '../facts/freshness.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import { type Card, type Line, mapLine, neighbours, type View } from './card.ts';
import { allLines, lines, prose } from './lines.ts';
import { createCard, detail } from './make-card.ts';
import { knownTitles, titleName } from './names.ts';
import { mainRelease, releasesOf } from './release.ts';

/** The order of a timeline. */
export type Order = 'story' | 'release';

/** Returns the franchise in the order of the story, with gaps and overlaps, or in the order of release. */
export function timelineCard(view: View, order: Order): Card {
  const { say } = view.language;
  const stories = view.snapshot.of('story');
  const gaps = view.snapshot.of('gap');
  const remarks = prose(view, 'timeline');
  const gapLines = (span: boolean) =>
    inStoryOrder(
      gaps.filter(({ slot }) => Boolean(slot.span) === span),
      stories,
    ).flatMap((gap) => gapLine(view, gap));
  const details =
    order === 'story'
      ? [
          detail(say('timeline.order.story'), numberedLines(placedLines(view, stories))),
          detail(
            say('timeline.unplaced'),
            stories.filter((story) => position(story) === null).flatMap((story) => storyLine(view, story)),
          ),
          detail(say('timeline.gaps'), gapLines(false)),
          detail(say('timeline.spans'), gapLines(true)),
          detail(say('timeline.remarks'), allLines(view, remarks)),
        ]
      : [detail(say('timeline.order.release'), numberedLines(releaseOrderLines(view)))];
  const isKnown = details.some(({ lines }) => lines.length > 0);
  const [listed] = details;
  return createCard(view, {
    title: say('timeline.title'),
    lead: isKnown ? { text: say(`timeline.lead.${order}`) } : undefined,
    facts: listed?.lines ?? [],
    isList: true,
    details,
    next: [
      order === 'story'
        ? { path: 'wick/timeline', options: { order: 'release' }, label: say('timeline.order.release') }
        : { path: 'wick/timeline', options: { order: 'story' }, label: say('timeline.order.story') },
      ...neighbours(view, 'upcoming', 'setting', 'overview'),
    ],
    from: order === 'story' ? [...stories, ...gaps, ...remarks] : [],
  });
}

function position({ claim }: Fact<'story'>): number | null {
  return 'sides' in claim ? null : claim.position;
}

/** Sorts gaps by where they begin in the story. */
function inStoryOrder(gaps: Fact<'gap'>[], stories: readonly Fact<'story'>[]): Fact<'gap'>[] {
  const place = (title: string) => {
    const story = stories.find(({ slot }) => slot.title === title && !slot.part);
    return (story && position(story)) ?? Number.POSITIVE_INFINITY;
  };
  return gaps.sort((a, b) => place(a.slot.from) - place(b.slot.from) || place(a.slot.to) - place(b.slot.to));
}

/** "1. …", "2. …" */
const numberedLines = (list: Line[]): Line[] =>
  list.map((line, at) => mapLine(line, (text) => `${at + 1}. ${text}`));

/** The stories of which the place in the order is known. */
function placedLines(view: View, stories: readonly Fact<'story'>[]): Line[] {
  return stories
    .filter((story) => position(story) !== null)
    .sort((a, b) => (position(a) ?? 0) - (position(b) ?? 0))
    .flatMap((story) => storyLine(view, story));
}

function storyLine(view: View, fact: Fact<'story'>): Line[] {
  const { say, pick, list } = view.language;
  const { slot, claim } = fact;
  const title = titleName(view, slot.title);
  const overlaps = 'sides' in claim ? undefined : claim.overlaps;
  const isUnreleased = !isOut(view.snapshot, slot.title);
  const worded = (told: string) => {
    const when = overlaps?.length
      ? say('timeline.overlaps', { text: told, titles: list(overlaps.map((id) => titleName(view, id))) })
      : told;
    const text = slot.part
      ? say('timeline.line-part', { title, part: pick(slot.part), when })
      : say('timeline.line', { title, when });
    return isUnreleased ? say('timeline.unreleased', { text }) : text;
  };
  return lines(view, fact).map((line) => mapLine(line, worded));
}

function gapLine(view: View, fact: Fact<'gap'>): Line[] {
  const { slot } = fact;
  return lines(view, fact).map((line) =>
    mapLine(line, (text) =>
      view.language.say('timeline.gap-line', {
        from: titleName(view, slot.from),
        to: titleName(view, slot.to),
        text,
      }),
    ),
  );
}

/** Returns the release whose date counts as that of the title: the home release before those of other countries. */
export function firstRelease(
  view: View,
  title: string,
): { release: Fact<'release'>; date: PartialDay | undefined } | undefined {
  const main = mainRelease(releasesOf(view, title));
  return main && { release: main, date: releaseDate(main) ?? undefined };
}

function releaseOrderLines(view: View): Line[] {
  const dated = knownTitles(view).flatMap((title) => {
    const first = firstRelease(view, title);
    return first ? [{ title, ...first }] : [];
  });
  const isUnreleased = (title: string) => Number(!isOut(view.snapshot, title));
  return dated
    .sort(
      (a, b) =>
        isUnreleased(a.title) - isUnreleased(b.title) || compareDates(a.date ?? '9999', b.date ?? '9999'),
    )
    .flatMap(({ title, release }) => lines(view, release, titleName(view, title)));
}
