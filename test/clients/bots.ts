import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import packageJson from './bots/package.json' with { type: 'json' };

/** A small bot on one library. */
export interface Bot {
  /** The library, with its version. */
  readonly name: string;
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Whether the library can ask for a nonce to be enforced. */
  readonly enforcesNonces: boolean;
}

/** A bot that runs. */
export interface BotProcess {
  /** Resolves when the bot says that it is ready. */
  readonly ready: Promise<void>;
  /** Rejects when the bot exits. */
  readonly exited: Promise<never>;
  /** What it has written to standard error. */
  readErrors(): string;
  /** Resolves when it has exited. */
  stop(): Promise<void>;
}

const FOLDER = fileURLToPath(new URL('bots', import.meta.url));
/** Debian's Python, whose packages another Python does not see. */
const PYTHON = '/usr/bin/python3';

const { dependencies } = packageJson;
const onNode = (library: keyof typeof dependencies, file: string, enforcesNonces: boolean): Bot => ({
  name: `${library} ${dependencies[library]}`,
  command: [process.execPath, `${FOLDER}/${file}`],
  enforcesNonces,
});

/** The bots that run on every machine. */
export const NODE_BOTS: readonly Bot[] = [
  onNode('discord.js', 'discord-js.js', true),
  onNode('@discordjs/core', 'discordjs-core.js', true),
  onNode('oceanic.js', 'oceanic.js', true),
  onNode('eris', 'eris.js', false),
];

/** Returns the bot on discord.py; undefined where Debian's package python3-discord is not installed. */
export function findPythonBot(): Bot | undefined {
  const program = 'import discord; print(discord.__version__)';
  const { status, stdout } = spawnSync(PYTHON, ['-c', program], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return {
    name: `discord.py ${stdout.trim()}`,
    command: [PYTHON, `${FOLDER}/discord-py.py`],
    enforcesNonces: false,
  };
}

/** Returns the version of a library that is installed; undefined when none is. */
function findInstalled(name: string): string | undefined {
  const file = `${FOLDER}/node_modules/${name}/package.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/** Installs the libraries, which have their own package, unless these versions of all of them are installed. */
export function installLibraries(say: (line: string) => void): void {
  if (Object.entries(dependencies).every(([name, version]) => findInstalled(name) === version)) return;
  say('Installing the libraries: npm ci --prefix test/clients/bots');
  const options = ['--omit=optional', '--ignore-scripts', '--no-fund', '--no-audit'];
  const { status, stderr } = spawnSync('npm', ['ci', '--prefix', FOLDER, ...options], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The libraries could not be installed:\n${stderr}`);
}

/** Starts a bot that finds Discord at `apiUrl`. */
export function startBot({ command: [program, ...args] }: Bot, apiUrl: string): BotProcess {
  const child: ChildProcess = spawn(program, args, {
    env: { ...process.env, DISCORD_API_URL: apiUrl, DISCORD_TOKEN: 'a-token' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const exit = once(child, 'exit');
  const exited = exit.then(([code]) => Promise.reject(new Error(`The bot has exited (${code}).`)));
  // It also exits when it is stopped, and then nothing waits for it.
  exited.catch(() => {});
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  return {
    ready: once(lines, 'line').then(() => {}),
    exited,
    readErrors: () => errors,
    async stop() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
