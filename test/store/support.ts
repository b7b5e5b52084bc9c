import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const HOLD = `
import { openSqlite } from './src/store/sqlite/database.ts';
globalThis.kept = openSqlite(process.argv[1]);
console.log('open');
setInterval(() => {}, 1000);
`;

/** Another process that has the database open, until it is killed. */
export async function holderOf(path: string): Promise<{ pid: number; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', HOLD, path]);
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('it did not open the database'))),
  ]);
  return { pid: child.pid ?? 0, kill };
}

/** Runs the bot's program until it ends, or until `patience` is over. */
export async function runMain(env: Record<string, string>, patience = 120_000) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env['PATH'], DISCORD_TOKEN: 'a-secret-token', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  return { code, output };
}
