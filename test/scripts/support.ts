import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A run of `npm run move`'s program. */
export interface Move {
  child: ChildProcess;
  /** Resolves with the first line on standard output that fits. */
  line(fits: RegExp): Promise<string>;
  ended: Promise<{ code: number | null; out: string; errors: string }>;
}

export function move(...args: string[]): Move {
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
    line: (fits) =>
      new Promise((resolve) => {
        lines.on('line', (line) => fits.test(line) && resolve(line));
      }),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, errors })),
  };
}
