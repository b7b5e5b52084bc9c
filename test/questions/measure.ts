import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { slotsOfTarget } from '../../src/questions/answer-target.ts';
import type { Examples } from '../../src/questions/examples-schema.ts';
import { createAnswerFinder } from '../../src/questions/find-answer.ts';
import { questionSource } from './support.ts';

/** The day of the facts that the question sets were written for. */
const DAY = '2026-11-22';

/**
 * The vocabulary was tuned on the first. The second is set aside and only measured. The third is by somebody of whom no question
 * is among the ways of asking: how strangers fare.
 */
const part = z.enum(['tuning', 'held-out', 'newcomer']);
export type Part = z.output<typeof part>;
export const PARTS = part.options;

const answerable = z.array(z.object({ question: z.string(), slots: z.array(z.string()).min(1), part }));
const refusable = z.array(z.object({ question: z.string(), part }));

const read = (file: string): unknown => JSON.parse(readFileSync(`test/questions/${file}.json`, 'utf8'));
export const answerables = answerable.parse(read('questions'));
export const refusables = refusable.parse(read('refused'));

/** What became of one question. */
export interface Outcome {
  question: string;
  kind: 'right' | 'wrong' | 'silent' | 'refused' | 'false';
  /** What was presented. */
  got: string[];
}

/** How one part of the set does. Rates are of 1. */
export interface Measured {
  part: Part;
  questions: number;
  /** The right fact on top, of the answerable questions. */
  right: number;
  /** Refused, of those that must be. */
  refused: number;
  /** A fact presented that is not the one asked for, of all questions. */
  wrongFacts: number;
  outcomes: Outcome[];
}

const plainly = (text: string) => text.trim().toLowerCase();

/** The examples without those that are questions of these sets: none may be answered by itself. */
function withoutThese({ answered, refused }: Examples): Examples {
  const own = new Set([...answerables, ...refusables].map(({ question }) => plainly(question)));
  const others = <G extends { like: string[] }>(groups: readonly G[]): G[] =>
    groups.map((group) => ({ ...group, like: group.like.filter((text) => !own.has(plainly(text))) }));
  return { answered: others(answered), refused: others(refused) };
}

const { facts, vocabulary, examples } = questionSource();
const finder = createAnswerFinder({ facts, vocabulary, examples: withoutThese(examples) });

/** Asks every question of a part, spoilers told, and counts. */
export function measure(of: Part): Measured {
  const snapshot = facts.asOf(DAY);
  const presented = (question: string): string[] => {
    const found = finder.find(snapshot, question);
    if (found.kind === 'refusal') return [];
    return slotsOfTarget(snapshot, found.profile.target).map(({ slot }) => slot.slot);
  };
  const asked = answerables.filter((answerable) => answerable.part === of);
  const other = refusables.filter((refusable) => refusable.part === of);
  const outcomes: Outcome[] = [
    ...asked.map(({ question, slots }): Outcome => {
      const got = presented(question);
      return { question, got, kind: got.length === 0 ? 'silent' : isRight(got, slots) ? 'right' : 'wrong' };
    }),
    ...other.map(({ question }): Outcome => {
      const got = presented(question);
      return { question, got, kind: got.length === 0 ? 'refused' : 'false' };
    }),
  ];
  const count = (...kinds: Outcome['kind'][]) => outcomes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    part: of,
    questions: outcomes.length,
    right: count('right') / asked.length,
    refused: count('refused') / other.length,
    wrongFacts: count('wrong', 'false') / outcomes.length,
    outcomes,
  };
}

/** One fact must be one of those asked for; a list must hold two of them, where so many were asked for. */
function isRight(got: readonly string[], wanted: readonly string[]): boolean {
  const hits = got.filter((slot) => wanted.includes(slot)).length;
  return hits >= Math.min(2, got.length, wanted.length);
}
