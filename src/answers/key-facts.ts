import type { Job } from '../facts/enums.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Line, Link, View } from './card.ts';
import { describe } from './describe.ts';
import { withRemarks } from './lines.ts';
import { creditNames, personName } from './names.ts';

/** So many of the cast are named among the facts of a title. */
const STARS = 3;

/** Returns what people want to know of a title first, each as a short sentence. */
export function keyFacts(view: View, title: string): Line[] {
  const { snapshot, language } = view;
  const { say } = language;
  const director = snapshot.of('credit', (slot) => slot.title === title && slot.job === 'director')[0];
  const measure = (name: string) =>
    snapshot.of('measure', (slot) => slot.title === title && slot.measure === name);
  const rating = snapshot.of('rating', (slot) => slot.title === title && slot.board === 'MPA');
  return [
    ...castLine(view, title),
    ...(director && !('sides' in director.claim)
      ? [withRemarks(view, director, say('fact.director', { names: creditNames(view, director.claim) }))]
      : []),
    ...sentences(view, measure('runtime'), (value) => say('fact.runtime', { value })),
    ...sentences(view, measure('gross'), (value) => say('fact.gross', { value })),
    ...sentences(view, rating, (value) => say('fact.rating', { rating: value })),
  ];
}

/** The facts as sentences; those that are contested or spoilers are told at length only. */
function sentences(view: View, facts: readonly Fact[], say: (value: string) => string): Line[] {
  return facts
    .filter(({ claim }) => !('sides' in claim) && !claim.spoiler)
    .map((fact) => withRemarks(view, fact, say(describe(view, fact))));
}

function castLine(view: View, title: string): Line[] {
  const roles = view.snapshot
    .of('role', (slot) => slot.title === title)
    .filter(({ claim }) => !claim.spoiler);
  const [first] = roles;
  if (!first) return [];
  const names = roles.slice(0, STARS).map(({ slot }) => personName(view, slot.person));
  return [{ text: view.language.say('fact.cast', { names: view.language.list(names) }), from: first }];
}

/** Credits in the order in which people ask for them. */
const JOB_ORDER: readonly Job[] = [
  'star',
  'voice',
  'director',
  'game-director',
  'writer',
  'characters',
  'art',
  'designer',
  'producer',
  'executive-producer',
  'music',
  'stunts',
  'cinematography',
  'editing',
  'production-design',
];

/** Returns credits sorted by how much people ask for them. */
export const byImportance = (credits: readonly Fact<'credit'>[]): Fact<'credit'>[] =>
  credits.toSorted((a, b) => JOB_ORDER.indexOf(a.slot.job) - JOB_ORDER.indexOf(b.slot.job));

/** Returns the newest public trailer of a title as a link; undefined where none has an address. */
export function trailerLink({ snapshot, language }: View, title: string): Link | undefined {
  const videos = snapshot
    .of('trailer', (slot) => slot.title === title)
    .flatMap(({ claim }) => ('video' in claim && claim.video && claim.public ? [claim.video] : []));
  const video = videos.at(-1);
  return video === undefined
    ? undefined
    : { url: `https://youtu.be/${video}`, label: language.say('button.trailer') };
}
