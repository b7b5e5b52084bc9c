import { firstSentences, visibleText } from '../lib/markdown.ts';
import type { Card, Detail, Line } from './card.ts';

/** What an answer may take of a phone's screen, title, sources and question included. */
const BUDGETS = {
  answer: { characters: 600, lines: 12 },
  list: { characters: 1000, lines: 16 },
} as const;

/** An answer takes more facts only up to this length: most are to be read at a glance. */
const COMFORTABLE = 330;
const MAX_FACTS = 6;
/** The visible characters of a lead and of a fact, unless its first sentence alone is longer. */
const LEAD = 230;
const FACT = 110;
/** An answer says something even where title and question take nearly all of the room. */
const LEAST_ROOM = 40;

/** What an answer shows, and what of it is left for **More**. */
export interface Face {
  lead: string;
  facts: { text: string; line: Line }[];
  rest: Detail[];
}

/** Chooses what an answer shows beside `frame`: its title and the small lines below the facts. */
export function createFace(card: Card, frame: readonly string[]): Face {
  const budget = card.isList ? BUDGETS.list : BUDGETS.answer;
  const frameText = frame.join('\n');
  let characters = Math.max(LEAST_ROOM, budget.characters - visibleText(frameText).length);
  let lines = budget.lines - frameText.split('\n').length;
  // A sentence without a fact says what can be asked instead: it is needed whole.
  const wanted = card.lead.from ? shortText(card.lead, LEAD) : card.lead.text;
  const lead = fitText(wanted, characters, lines);
  characters -= visibleText(lead).length;
  lines -= lineCount(lead);
  if (!card.isList) {
    const used = visibleText(frameText).length + visibleText(lead).length;
    characters = Math.min(characters, COMFORTABLE - used);
  }
  const facts: Face['facts'] = [];
  for (const line of inOrder(card)) {
    if (!card.isList && facts.length === MAX_FACTS) break;
    const text = shortText(line, FACT);
    const length = visibleText(text).length;
    // A list without one of its items would be a wrong list; of other facts a shorter one may fit.
    if (length > characters || lineCount(text) > lines) {
      if (card.isList) break;
      continue;
    }
    facts.push({ text, line });
    characters -= length;
    lines -= lineCount(text);
  }
  return { lead, facts, rest: restOf(card, lead, facts) };
}

/** The facts in the order in which they are shown: where spoilers were asked for, those first. */
function inOrder({ facts = [], isList }: Card): readonly Line[] {
  return isList ? facts : facts.toSorted((a, b) => Number(hasSpoiler(b.text)) - Number(hasSpoiler(a.text)));
}

const lineCount = (text: string) => text.split('\n').length;

/** A line with a spoiler is shown whole: it was asked for. */
const shortText = ({ text, short = text }: Line, max: number) =>
  hasSpoiler(short) ? short : firstSentences(short, max);

const hasSpoiler = (text: string) => text.includes('||');

/** Cuts a text between words, or between lines. Leaves out a spoiler that does not fit whole. */
function fitText(text: string, characters: number, lines: number): string {
  const shown = text.split('\n').slice(0, lines).join('\n');
  if (visibleText(shown).length <= characters) return shown;
  const words = shown.split(/(?<=\s)/);
  let cut = '';
  for (const word of words) {
    if (visibleText(cut + word).length > characters - 1) break;
    cut += word;
  }
  const open = ['||', '**', '*'].map((mark) => unclosedAt(cut, mark)).filter((at) => at >= 0);
  return `${cut.slice(0, Math.min(cut.length, ...open)).trimEnd()}…`;
}

/** Where a mark is that has no counterpart; -1 where there is none. */
const unclosedAt = (text: string, mark: string) =>
  (text.split(mark).length - 1) % 2 === 0 ? -1 : text.lastIndexOf(mark);

/** What the details tell beyond what is shown. */
function restOf(card: Card, lead: string, facts: Face['facts']): Detail[] {
  const shown = new Set([lead, ...facts.map(({ text }) => text)]);
  const whole = [...(lead === card.lead.text ? [card.lead] : [])];
  for (const { text, line } of facts) if (text === line.text) whole.push(line);
  const slots = new Set(whole.flatMap(({ from }) => from?.slot.slot ?? []));
  const isShown = ({ text, from }: Line) => shown.has(text) || (from ? slots.has(from.slot.slot) : false);
  const inDetails = (line: Line) =>
    card.details.some((detail) => detail.lines.some(({ text }) => text === line.text));
  const cut = [card.lead, ...(card.facts ?? [])].filter((line) => !isShown(line) && !inDetails(line));
  return [{ lines: cut }, ...card.details.map((detail) => withLines(detail, isShown))].filter(
    (detail) => detail.lines.length > 0,
  );
}

const withLines = (detail: Detail, isShown: (line: Line) => boolean): Detail => ({
  ...detail,
  lines: detail.lines.filter((line) => !isShown(line)),
});
