import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A running `scripts/move.ts`. */
export interface MoveProcess {
  child: ChildProcess;
  /** Resolves with the first output line that matches. */
  waitForLine(pattern: RegExp): Promise<string>;
  ended: Promise<{ code: number | null; out: string; errors: string }>;
}

/** Starts the move as a separate process; it is killed when the test ends. */
export function startMove(...args: string[]): MoveProcess {
  const child = spawn(process.execPath, ['scripts/move.ts', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, errors] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const lines = createInterface({ input: child.stdout });
  return {
    child,
    waitForLine: (pattern) =>
      new Promise((resolve) => {
        lines.on('line', (line) => pattern.test(line) && resolve(line));
      }),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, errors })),
  };
}
