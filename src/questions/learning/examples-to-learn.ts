import type { Examples } from '../examples-schema.ts';
import { exampleFeatures, featuresOf } from '../features.ts';
import { NOTHING } from '../intent.ts';
import type { OtherTitles } from '../other-titles.ts';
import { type ParserContext, parseQuestion } from '../parse-question.ts';
import { withoutSmallTalk } from '../small-talk.ts';
import { wordsOf } from '../tokenize.ts';
import type { Labels } from './labels.ts';
import { askAboutOthers } from './other-subjects.ts';
import type { ParsedExample } from './pack-model.ts';

/** An example as it is written down, or made from one. */
export interface WrittenExample {
  text: string;
  /** What it asks for; nothing where it is refused. */
  asks: readonly string[];
  kind: 'answered' | 'refused' | 'about-other';
}

/** Returns all examples: those that are written down, and the answered ones about other titles and people. */
export function collectExamples(
  { answered, refused }: Examples,
  otherTitles: OtherTitles,
  { intentsOf }: Labels,
): WrittenExample[] {
  const all = answered
    .filter(({ asks }) => intentsOf(asks).length > 0)
    .flatMap(({ asks, like }) => like.map((text): WrittenExample => ({ text, asks, kind: 'answered' })));
  const refuse = (kind: WrittenExample['kind']) => (text: string) => ({ text, asks: [], kind });
  const others = askAboutOthers(
    all.map(({ text }) => text),
    otherTitles,
  );
  return [
    ...all,
    ...refused.flatMap(({ like }) => like.map(refuse('refused'))),
    ...others.map(refuse('about-other')),
  ];
}

/** Parses an example. Examples are spelt as they are meant to be. */
export function parseExample(example: WrittenExample, parser: ParserContext, labels: Labels): ParsedExample {
  const context: ParserContext = { ...parser, spelling: () => undefined };
  const text = withoutSmallTalk(example.text);
  const nothing = { intents: [NOTHING], slots: [] };
  switch (example.kind) {
    case 'answered': {
      const goal = { intents: labels.intentsOf(example.asks), slots: labels.slotsOf(example.asks) };
      const words = [...new Set(wordsOf(example.text.replace(/\{\w+\}/g, ' ')))];
      return { ...exampleFeatures(text, context), goal, words, votes: true };
    }
    case 'refused':
      return { ...exampleFeatures(text, context), goal: nothing, words: [], votes: true };
    case 'about-other': {
      const mentions = parseQuestion(text, context);
      return { goal: nothing, features: featuresOf(text, mentions), mentions, words: [], votes: false };
    }
  }
}
