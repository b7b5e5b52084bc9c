import { type Card, type Line, mapLine, type View } from '../answers/card.ts';
import { titleName } from '../answers/names.ts';
import { movedFrom } from '../answers/release.ts';
import { precisionOf } from '../facts/dates.ts';
import { type Fact, releaseDate } from '../facts/snapshot.ts';
import { firstSentences, visibleText } from '../lib/markdown.ts';
import { addressOf } from './answer-target.ts';
import { createFactCard } from './fact-card.ts';
import type { WordContext } from './known-words.ts';
import type { FoundAnswer } from './statement.ts';
import { type Decision, decide, decideUnfound } from './verdict.ts';

/** A lead is cut to whole sentences: beside the verdict there must be room for the first sentence of the fact. */
const MAX_FIRST_SENTENCE = 210;

/** What was found for a question, with its card; nothing where it would be refused. */
export interface Found extends FoundAnswer {
  card?: Card;
}

/**
 * Returns the answer to a question for yes or no, which begins with that: "No. In the US it streams on Starz." Undefined where
 * nothing can be decided, or where it would give a spoiler away.
 */
export function createDecidedCard(
  view: View,
  words: WordContext,
  question: string,
  { card, ...found }: Found,
): Card | undefined {
  const context = { snapshot: view.snapshot, facts: view.facts, words, found };
  const decision = card ? decide(question, context) : decideUnfound(question, context);
  if (!decision) return undefined;
  const shown = factToShow(view, found.fact, decision);
  if (shown?.claim.spoiler && !view.spoilers) return undefined;
  if (!shown || (shown === found.fact && !decision.also)) return card && beginWith(view, card, decision);
  const { slot } = shown.slot;
  const own = createFactCard(view, slot, false);
  const base = decision.also ? withSecond(own, createFactCard(view, decision.also.slot.slot, false)) : own;
  return { ...beginWith(view, base, decision), again: { question: addressOf({ slot }) } };
}

/** The fact to show: the one that was found where it shows the decision too. */
function factToShow({ facts }: View, found: Fact | undefined, { from, premise }: Decision): Fact | undefined {
  if (!from || premise) return from ?? found;
  return found && showsToo(found, from, facts.people) ? found : from;
}

/** Whether a sentence that was found says what the fact of a decision says: of that title, it names the same actor or service. */
function showsToo({ slot, claim }: Fact, from: Fact, people: View['facts']['people']): boolean {
  if (slot.slot === from.slot.slot) return true;
  if (slot.kind !== 'prose' || 'sides' in claim || claim.spoiler || !('text' in claim)) return false;
  if (
    !('title' in from.slot) ||
    (slot.about in people ? slot.slot.split('/')[1] : slot.about) !== from.slot.title
  )
    return false;
  const { en } = claim.text;
  const name =
    from.kind === 'role'
      ? people[from.slot.person]?.name
      : from.kind === 'release' && 'service' in from.claim
        ? from.claim.service
        : undefined;
  return name !== undefined && en.includes(name);
}

/** A card that leads with the sentences of two facts, and is from both. */
function withSecond(card: Card, { lead }: Card): Card {
  const join = (one: string, other: string) => `${one} ${other}`;
  const short = join(card.lead.short ?? card.lead.text, lead.short ?? lead.text);
  return {
    ...card,
    lead: { ...card.lead, text: join(card.lead.text, lead.text), short },
    details: [...card.details, { lines: [lead] }],
  };
}

function beginWith(view: View, card: Card, { verdict, premise, from }: Decision): Card {
  const corrected = premise && from ? correction(view, from) : undefined;
  const lead = corrected ? { ...card.lead, text: corrected, short: corrected } : card.lead;
  return { ...card, lead: withVerdict(view, lead, verdict) };
}

function withVerdict({ language }: View, lead: Line, verdict: Decision['verdict']): Line {
  const sentence = firstSentences(lead.short ?? lead.text, 1);
  if (visibleText(sentence).length > MAX_FIRST_SENTENCE) return lead;
  const begins = verdict === 'unknown' ? 'other' : verdict;
  return mapLine(lead, (text) => language.say('verdict.answer', { verdict: begins, text }));
}

/** Says that a title was not cancelled, and what came of it instead. */
function correction(view: View, from: Fact): string | undefined {
  const date = from.kind === 'release' ? releaseDate(from) : null;
  if (from.kind !== 'release' || !date) return undefined;
  const { say, date: write } = view.language;
  const title = titleName(view, from.slot.title);
  const moved = movedFrom(from);
  if (moved) return say('premise.moved', { title, before: write(moved), date: write(date) });
  return say('premise.dated', {
    title,
    status: from.claim.status === 'released' ? 'released' : 'other',
    precision: precisionOf(date) === 'day' ? 'day' : 'other',
    date: write(date),
  });
}
