import type { Row } from './rows.ts';

/** What a part of the bench is given. */
export interface Harness {
  /** The form for CI: seconds instead of minutes. */
  short: boolean;
  /** A folder that ends with the bench. */
  folder: string;
  /** Tells a person who waits what is going on. */
  say: (line: string) => void;
}

/** A part of the bench: measures one thing and answers rows of the table. */
export type Part = (harness: Harness) => Promise<Row[]>;
