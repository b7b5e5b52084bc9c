import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of this project, run as a process of its own. */
export interface Running {
  child: ChildProcess;
  /** Resolves with the first line of its output that fits; rejects when it ends before. */
  line(fits: RegExp): Promise<string>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts `node FILE …`. What it says on standard error is kept for when it fails. */
export function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const ended = once(child, 'exit');

  return {
    child,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = (line: string) => {
          if (!fits.test(line)) return;
          lines.off('line', look);
          resolve(line);
        };
        lines.on('line', look);
        void ended.then(([code]) => reject(new Error(`${file} ended (${code}): ${complaint}`)));
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
