import type { Card, Detail, Line, View } from './card.ts';
import { createFace } from './face.ts';
import { historyDetails } from './history.ts';
import { sourceDetails, sourceLine } from './sources.ts';

/** What can be told beside an answer, each by a button of its own. */
export const PARTS = ['sources', 'history', 'more', 'spoilers'] as const;
/** One of them. */
export type Part = (typeof PARTS)[number];

/** Returns the small lines below an answer: the question, then the day and the best source. */
function smallLines(view: View, card: Card, isAsOf: boolean): string[] {
  return [...(card.question ? [card.question] : []), ...[sourceLine(view, card, isAsOf) ?? []].flat()];
}

/** Returns what an answer shows; `isAsOf`: whether a day was asked for. */
export function faceOf(view: View, card: Card, isAsOf: boolean) {
  const small = smallLines(view, card, isAsOf);
  return { small, ...createFace(card, [card.title, ...small]) };
}

/** Returns a part of an answer. The card is that of a view with spoilers where the spoilers are wanted. */
export function partDetails(view: View, card: Card, part: Part, isAsOf: boolean): Detail[] {
  switch (part) {
    case 'sources':
      return sourceDetails(view, card);
    case 'history':
      return historyDetails(view, card);
    case 'more':
      return faceOf(view, card, isAsOf).rest;
    case 'spoilers':
      return spoilerDetails(card);
  }
}

const BARS = /\|\|[\s\S]+?\|\|/g;
/** A line of which all but the label is hidden. */
const LABELLED = /^\*\*[^*]+\*\*[^|]{0,3}\|\|/;

/** Returns the spoilers of an answer alone, each once; those of a line with a label keep it. */
function spoilerDetails(card: Card): Detail[] {
  const told = new Set<string>();
  const spoilersIn = (line: Line): Line[] => {
    const found = LABELLED.test(line.text)
      ? [line.text]
      : [...line.text.matchAll(BARS)].map(([text]) => text);
    const fresh = found.filter((text) => !told.has(text));
    for (const text of fresh) told.add(text);
    return fresh.map((text) => ({ ...line, text }));
  };
  const facts: Detail = { lines: [card.lead, ...(card.facts ?? [])] };
  return [facts, ...card.details]
    .map((detail) => ({ ...detail, lines: detail.lines.flatMap(spoilersIn) }))
    .filter(({ lines }) => lines.length > 0);
}
