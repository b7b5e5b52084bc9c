import { findPythonBot, installLibraries, NODE_BOTS } from './bots.ts';
import { type Result, runBot } from './run-bot.ts';
import { formatTable } from './table.ts';

/** `npm run sandbox:clients`: runs a small bot on each library in a sandbox, and prints what works. */

const say = (line: string) => process.stdout.write(`${line}\n`);

function explain({ name, failures, lacking }: Result): string[] {
  return [
    ...[...failures].map(([step, reason]) => `${name}, ${step}: ${reason}`),
    ...lacking.map((line) => `${name}: ${line}`),
  ];
}

installLibraries(say);
const pythonBot = findPythonBot();
const bots = pythonBot ? [...NODE_BOTS, pythonBot] : NODE_BOTS;
// Most of the time they wait for rate limits.
const results = await Promise.all(bots.map(runBot));
say(`\n${formatTable(results)}\n`);
if (!pythonBot) say('discord.py: skipped, as Debian’s package python3-discord is not installed.');
for (const line of results.flatMap(explain)) say(line);
if (results.some(({ failures }) => failures.size > 0)) process.exitCode = 1;
