import { Client, Events, GatewayIntentBits } from 'discord.js';
import { startSandbox } from '../sandbox/sandbox.ts';
import type { Harness } from './harness.ts';
import type { Row } from './rows.ts';

const ROUNDS = { full: 10, short: 2 };
/** How many sandboxes start at the same time. */
const AT_ONCE = 3;
const SERVERS = { guilds: 1_000, channelsEach: 50 };
/** The name of the column. */
const SANDBOX = 'sandbox';

/** Measures how long sandboxes without a bot take to start, and how long a large world takes to reach discord.js. */
export async function measureSandbox({ short }: Harness): Promise<Row[]> {
  const starts: number[] = [];
  const worlds: number[] = [];
  for (let round = 0; round < (short ? ROUNDS.short : ROUNDS.full); round += 1) {
    starts.push(await timeOf(startSeveral));
    worlds.push(await timeOf(connectToLargeWorld));
  }
  return [
    { what: `${AT_ONCE} sandboxes start and stop`, unit: 'ms', figures: { [SANDBOX]: starts } },
    {
      what: `${SERVERS.guilds} servers of ${SERVERS.channelsEach} channels reach discord.js`,
      unit: 'ms',
      figures: { [SANDBOX]: worlds },
    },
  ];
}

async function startSeveral(): Promise<void> {
  const starting = Array.from({ length: AT_ONCE }, () => startSandbox({ serverOnly: true }));
  for (const sandbox of await Promise.all(starting)) await sandbox.stop();
}

async function connectToLargeWorld(): Promise<void> {
  const sandbox = await startSandbox({ serverOnly: true });
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.apiUrl } });
  try {
    await sandbox.world(SERVERS);
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login('a-token');
    await ready;
  } finally {
    await client.destroy();
    await sandbox.stop();
  }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
