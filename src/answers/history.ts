import { type Fact, history } from '../facts/snapshot.ts';
import { type Card, type Detail, slotsOf, type View, withLabel } from './card.ts';
import { describe, hasSameValue } from './describe.ts';
import { coversSeveralTitles, titledLabel } from './names.ts';
import { publisherLink } from './sources.ts';

/** What was said of a fact before it was replaced. */
interface EarlierValue {
  since: string;
  text: string;
  kind: 'moved' | 'wrong';
}

/** So many publishers are named beside an earlier value. */
const MAX_PUBLISHERS = 2;

/**
 * Returns what was said before: what changed apart from what was wrong, oldest first, each with its publishers and the time over
 * which it was believed. A later claim with the same value only confirmed it, and makes no line.
 */
export function historyDetails(view: View, card: Card): Detail[] {
  const facts = card.historyOf ?? slotsOf(card);
  const several = coversSeveralTitles(facts);
  const values = facts
    .flatMap((fact) => earlierValues(view, fact, several))
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  const group = (kind: EarlierValue['kind']): Detail => ({
    heading: view.language.say(`history.${kind}`),
    lines: values.filter((value) => value.kind === kind).map(({ text }) => ({ text })),
  });
  return [group('moved'), group('wrong')].filter(({ lines }) => lines.length > 0);
}

function earlierValues(view: View, fact: Fact, several: boolean): EarlierValue[] {
  const label = titledLabel(view, fact, several);
  const versions = [...history(fact), fact].filter(({ claim }) => view.spoilers || !claim.spoiler);
  return versions.slice(0, -1).flatMap((version, at): EarlierValue[] => {
    const next = versions[at + 1];
    if (!next || hasSameValue(view, version, next)) return [];
    const { change } = next.claim;
    return [
      {
        since: version.claim.known,
        kind: change === 'corrected' || change === 'retracted' ? 'wrong' : 'moved',
        text: changeLine(view, version, next, withLabel(view, label, earlierText(view, version))),
      },
    ];
  });
}

function earlierText(view: View, version: Fact): string {
  const { claim } = version;
  return version.kind === 'release' && claim.status === 'planned' && 'date' in claim
    ? view.language.say('before.planned', { date: view.language.date(claim.date) })
    : describe(view, version);
}

function changeLine(view: View, { claim }: Fact, next: Fact, text: string): string {
  const { say, shortDate, list } = view.language;
  const sources =
    'sides' in claim
      ? claim.sides.flatMap((side) => view.snapshot.sources(side))
      : view.snapshot.sources(claim);
  const links = new Map(sources.map((source) => [source.publisher, publisherLink(source)]));
  return say('history.line', {
    text,
    since: shortDate(claim.known),
    until: shortDate(next.claim.known),
    publishers: list([...links.values()].slice(0, MAX_PUBLISHERS)),
  });
}
