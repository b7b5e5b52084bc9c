import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL server on which tests make databases of their own. */
    postgres: string;
  }
}

/** One PostgreSQL server for all tests of a run: it starts in about a second. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  provide('postgres', server.url);
  return server.end;
}
