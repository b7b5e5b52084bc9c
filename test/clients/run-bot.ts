import { setTimeout as sleep } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { type Bot, type BotProcess, startBot } from './bots.ts';
import { STEPS } from './steps.ts';

/** How a bot fared. */
export interface Result {
  /** The library, with its version. */
  readonly name: string;
  /** Why a step failed, by its name. Steps that worked are missing. */
  readonly failures: ReadonlyMap<string, string>;
  /** What the sandbox said that it lacks. */
  readonly lacking: readonly string[];
}

/** How long a step may take, in milliseconds. It only ends what hangs. */
const STEP_MS = 30_000;
/**
 * Discord's limits on real time, out of reach: how long a response takes depends on the machine. Heartbeats are more frequent than
 * Discord's, so that each bot sends some.
 */
const TIMING = { answerMs: 20_000, deferredMs: 30_000, heartbeatMs: 5000 };

/** Runs a bot in a sandbox of its own, step by step. */
export async function runBot(bot: Bot): Promise<Result> {
  const lacking: string[] = [];
  const sandbox = await startSandbox({
    serverOnly: true,
    timing: TIMING,
    warn: (line) => lacking.push(line),
  });
  const process = startBot(bot, sandbox.apiUrl);
  try {
    return { name: bot.name, failures: await runSteps(bot, sandbox, process), lacking };
  } finally {
    await process.stop();
    await sandbox.stop();
  }
}

async function runSteps(bot: Bot, sandbox: Sandbox, process: BotProcess): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  for (const [name, step] of STEPS) {
    const begin = process.readErrors().length;
    try {
      await Promise.race([step({ sandbox, bot, process }), process.exited, timeOut(STEP_MS)]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.set(name, `${reason}\n${process.readErrors().slice(begin)}`.trim());
    }
  }
  return failures;
}

async function timeOut(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`not done after ${ms / 1000} s`);
}
