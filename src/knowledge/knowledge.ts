import type { Facts } from '../facts/snapshot.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Problem } from '../lib/data-file.ts';
import type { QuestionAnswerer } from '../questions/question-answerer.ts';

/** What the bot knows, and how it says it. Read together from the data folder, and replaced together. */
export interface Knowledge {
  facts: Facts;
  catalogue: Catalogue;
  questions: QuestionAnswerer;
}

/** Returns the knowledge of this moment. Call it once for each task and use what it returned until the task is done. */
export type CurrentKnowledge = () => Knowledge;

/** The state of the data folder, for operators. */
export interface DataState {
  /** When the current knowledge was read. */
  readAt: Temporal.Instant;
  /** What is wrong with the files as they are now; empty where nothing is. */
  problems: readonly Problem[];
}
