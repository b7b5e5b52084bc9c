import type { Topic } from '../facts/enums.ts';
import type { Claim, ClaimOf, Kind } from '../facts/schema.ts';
import type { Fact } from '../facts/snapshot.ts';
import type { Language } from '../i18n/translator.ts';
import { type Line, spoiler, type View } from './card.ts';
import { describe, describeValue } from './describe.ts';
import { releaseLabel, slotLabel } from './names.ts';

/** The sources of a claim or a side by publisher: "Variety and Collider". */
export function publishers(view: View, claim: { sources: readonly string[] }): string {
  const names = new Set(view.snapshot.sources(claim).map((source) => source.publisher));
  return view.language.list([...names].slice(0, 3));
}

/**
 * What is known of a slot, as one line: its words, its note, its spoiler where asked for. A contested claim is called
 * contested and names its sides, each with its publisher. Empty where the whole is a spoiler that was not asked for.
 */
export function lines(view: View, fact: Fact, label?: string): Line[] {
  const { claim } = fact;
  if (claim.spoiler && !view.spoilers) return [];
  const text = 'sides' in claim ? contested(view, fact, claim) : weigh(view, fact, describe(view, fact));
  return [{ text: withRemarks(view, fact, label ? `**${label}**: ${text}` : text), from: fact }];
}

/** The text with what else the claim has to say: its note, and its spoiler where asked for. */
export function withRemarks({ language, spoilers }: View, { claim }: Fact, text: string): string {
  const remarks = [...(claim.note ? [language.pick(claim.note)] : []), ...validity(language, claim)];
  if (spoilers && 'spoilerText' in claim && claim.spoilerText)
    remarks.push(spoiler(language.pick(claim.spoilerText)));
  if (spoilers && claim.spoilerNote) remarks.push(spoiler(language.pick(claim.spoilerNote)));
  if (remarks.length === 0) return text;
  return `${text}${/[.!?]\W*$/.test(text) ? ' ' : ' — '}${remarks.join(' ')}`;
}

/** Until when it holds, and when it was counted or looked at. */
function validity({ say, date }: Language, { valid }: Pick<Claim, 'valid'>): string[] {
  return [
    ...(valid?.until ? [say('valid.until', { date: date(valid.until) })] : []),
    ...(valid?.counted ? [say('valid.counted', { date: date(valid.counted) })] : []),
  ];
}

/** The lines of several slots. */
export const allLines = (view: View, facts: readonly Fact[]) => facts.flatMap((fact) => lines(view, fact));

/** Lines that bear the slot's label: "**Director**: Len Wiseman". */
export const labelled = (view: View, facts: readonly Fact[]) =>
  facts.flatMap((fact) => lines(view, fact, slotLabel(view, fact)));

/** Releases, each with its place: "**United States**: June 6, 2025". */
export function releaseLines(view: View, releases: readonly Fact<'release'>[]): Line[] {
  return releases.flatMap((release) => lines(view, release, releaseLabel(view, release.slot)));
}

/** A weak source is called one. */
export function weigh(view: View, { claim }: Fact, text: string): string {
  if (claim.confidence === 'low') return view.language.say('confidence.low', { text });
  return text;
}

function contested(view: View, { kind }: Fact, claim: Extract<ClaimOf<Kind>, { sides: unknown }>): string {
  const sides = claim.sides.map((side) => {
    const text = describeValue(view, kind, side);
    return `\n• ${claim.spoiler ? spoiler(text) : text} _(${publishers(view, side)})_`;
  });
  return view.language.say('contested', { sides: sides.join('') });
}

/** Whether a slot has something to tell that was kept back. */
export function keepsSecrets({ claim }: Fact): boolean {
  return Boolean(claim.spoiler || claim.spoilerNote || ('spoilerText' in claim && claim.spoilerText));
}

/** The prose of a topic, in the order of the data: the first one leads. */
export function prose(view: View, topic: Topic, about?: string): Fact[] {
  return view.snapshot.of('prose', (slot) => slot.topics.includes(topic) && (!about || slot.about === about));
}
