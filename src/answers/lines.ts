import type { Topic } from '../facts/enums.ts';
import type { Claim, ClaimOf, Kind } from '../facts/schema.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';
import { type Line, spoiler, type View, withLabel } from './card.ts';
import { describe, describeValue } from './describe.ts';
import { releaseLabel, slotLabel } from './names.ts';

/** Returns the publishers of a claim or a side: "Variety and Collider". */
export function publishers(view: View, claim: { sources: readonly string[] }): string {
  const names = new Set(view.snapshot.sources(claim).map((source) => source.publisher));
  return view.language.list([...names].slice(0, 3));
}

/**
 * Returns a fact as one line: its value, its note, and its spoiler where the view has spoilers. A contested claim names its
 * sides, each with its publishers. Returns no line where all of it is a spoiler and the view has none.
 */
export function lines(view: View, fact: Fact, label?: string): Line[] {
  const { claim } = fact;
  if (claim.spoiler && !view.spoilers) return [];
  const text =
    'sides' in claim ? contestedText(view, fact, claim) : withConfidence(view, fact, describe(view, fact));
  return [withRemarks(view, fact, withLabel(view, label, text))];
}

/**
 * Returns a text as a line of its fact: with the claim's note, which an answer may leave out, with how long it holds, and with
 * its spoiler where the view has spoilers.
 */
export function withRemarks(view: View, fact: Fact, text: string): Line {
  const { claim } = fact;
  const { language, spoilers } = view;
  const kept = validity(language, claim, text);
  if (spoilers && 'spoilerText' in claim && claim.spoilerText)
    kept.push(spoiler(view, language.pick(claim.spoilerText)));
  if (spoilers && claim.spoilerNote) kept.push(spoiler(view, language.pick(claim.spoilerNote)));
  const short = joined(text, kept);
  return claim.note
    ? { text: joined(text, [language.pick(claim.note), ...kept]), short, from: fact }
    : { text: short, from: fact };
}

function joined(text: string, remarks: readonly string[]): string {
  if (remarks.length === 0) return text;
  const [first = ''] = remarks;
  return `${text}${isSentence(text) || first.startsWith('(') ? ' ' : ' — '}${remarks.join(' ')}`;
}

const isSentence = (text: string) => /[.!?]\W*$/.test(text);

/**
 * Returns until when a text holds, and when it was counted or looked at, unless it says so itself: as a sentence, or in brackets.
 */
function validity({ say, date }: Language, { valid }: Pick<Claim, 'valid'>, text: string): string[] {
  const form = isSentence(text) ? 'sentence' : 'other';
  const until = valid?.until && date(valid.until);
  const counted = valid?.counted && date(valid.counted);
  return [
    ...(until ? [say('valid.until', { date: until, form })] : []),
    ...(counted && !text.includes(counted) ? [say('valid.counted', { date: counted, form })] : []),
  ];
}

/** Returns the lines of several facts. */
export const allLines = (view: View, facts: readonly Fact[]) => facts.flatMap((fact) => lines(view, fact));

/** Returns lines with the slot's label: "**Director**: Len Wiseman". */
export const labelledLines = (view: View, facts: readonly Fact[]) =>
  facts.flatMap((fact) => lines(view, fact, slotLabel(view, fact)));

/** Returns releases, each with its place: "**United States**: June 6, 2025". */
export function releaseLines(view: View, releases: readonly Fact<'release'>[]): Line[] {
  return releases.flatMap((release) => lines(view, release, releaseLabel(view, release.slot)));
}

/** Says so where the claim has only a weak source: before the full stop of a sentence. */
export function withConfidence({ language: { say } }: View, { claim }: Fact, text: string): string {
  if (claim.confidence !== 'low') return text;
  return text.endsWith('.')
    ? say('confidence.low-sentence', { text: text.slice(0, -1) })
    : say('confidence.low', { text });
}

function contestedText(
  view: View,
  { kind }: Fact,
  claim: Extract<ClaimOf<Kind>, { sides: unknown }>,
): string {
  const sides = claim.sides.map((side) => {
    const text = describeValue(view, kind, side);
    return `\n• ${claim.spoiler ? spoiler(view, text) : text} _(${publishers(view, side)})_`;
  });
  return view.language.say('contested', { sides: sides.join('') });
}

/** Whether a fact has a spoiler, or is one. */
export function hasSpoilers({ claim }: Fact): boolean {
  return Boolean(claim.spoiler || claim.spoilerNote || ('spoilerText' in claim && claim.spoilerText));
}

/** Returns the prose of a topic, in the order of the data: the first one leads. */
export function prose(view: View, topic: Topic, about?: string): Fact<'prose'>[] {
  return view.snapshot.of('prose', (slot) => slot.topics.includes(topic) && (!about || slot.about === about));
}
