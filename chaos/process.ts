import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of this project that runs as a separate process. */
export interface RunningProcess {
  child: ChildProcess;
  /** Resolves with the first output line that matches; rejects if the process exits first. */
  waitForLine(pattern: RegExp): Promise<string>;
  /** Kills the process at once, like a power cut, and waits until it has exited. */
  kill(): Promise<void>;
}

/** How much of the standard error is kept for error messages, in characters. */
const KEPT_ERROR_LENGTH = 2_000;

/** Starts `node FILE …` with additional environment variables. `onLine` is called with each line of its standard output. */
export function startProcess(
  file: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  onLine: (line: string) => void = () => {},
): RunningProcess {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errorOutput = '';
  child.stderr?.on('data', (chunk) => {
    errorOutput = `${errorOutput}${chunk}`.slice(-KEPT_ERROR_LENGTH);
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', onLine);
  const exited = once(child, 'exit');

  return {
    child,
    waitForLine: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (line: string) => {
          if (!pattern.test(line)) return;
          lines.off('line', check);
          resolve(line);
        };
        lines.on('line', check);
        void exited.then(([code]) => reject(new Error(`${file} exited (${code}): ${errorOutput}`)));
      }),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
