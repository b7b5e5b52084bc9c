import type { Facts } from '../facts/snapshot.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Problem } from '../lib/data-file.ts';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';

/** What the bot knows, and how it says it: read together from the data folder, and replaced together. */
export interface Knowledge {
  facts: Facts;
  catalogue: Catalogue;
  questions: QuestionAnswerer;
}

/** The knowledge of this moment. Whoever answers or looks asks once, and keeps to what it was given until it is done. */
export type CurrentKnowledge = () => Knowledge;

/** How the data folder stands, for those who ask. */
export interface DataState {
  /** When what is known was read. */
  readAt: Temporal.Instant;
  /** What is wrong with the files as they stand now; empty where nothing is. */
  problems: readonly Problem[];
}
