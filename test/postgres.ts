import pg from 'pg';
import { afterAll, beforeAll, beforeEach, inject, onTestFinished } from 'vitest';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

/** An empty database of the server that runs for all tests, for one test; answers its address. */
export async function postgresDatabase(): Promise<string> {
  const server = inject('postgres');
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  onTestFinished(() => administer(server, `DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** A busy machine takes long to make the files of a new server. */
const START_WITHIN_MS = 60_000;

/** A server of a file's own, which its tests may end: it runs, and holds nothing of ours, when each of them begins. */
export function postgresOfFile(): () => PostgresServer {
  let server: PostgresServer | undefined;
  const running = () => {
    if (!server) throw new Error('PostgreSQL has not started');
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres();
  }, START_WITHIN_MS);
  beforeEach(async () => {
    await running().start();
    await administer(running().url, 'DROP SCHEMA IF EXISTS concierge, concierge_jobs CASCADE');
  });
  afterAll(() => server?.end());
  return running;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
