import type { Row } from './rows.ts';

/** What each part of the bench gets. */
export interface Harness {
  /** Whether to run the short form of CI, which takes seconds. */
  short: boolean;
  /** A temporary folder, removed at the end. */
  folder: string;
  /** Prints progress. */
  say: (line: string) => void;
}

/** A part of the bench: measures one thing and returns rows of the table. */
export type Part = (harness: Harness) => Promise<Row[]>;
