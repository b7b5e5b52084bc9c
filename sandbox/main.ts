import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openBrowser } from './open-browser.ts';
import { startSandbox } from './sandbox.ts';
import { createTerminalLog } from './terminal-log.ts';

/** The default port. When it is taken, the next free one is used. */
const DEFAULT_PORT = 4570;
/** How a bot can receive interactions. */
const INTERACTION_MODES = ['gateway', 'http'] as const;

// The process that reads the output may close the pipe: the sandbox continues.
process.stdout.on('error', () => {});
const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

/** Returns the arguments, or ends the process with code 2 and one line that says what is wrong. */
function parseArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        at: { type: 'string' },
        state: { type: 'string' },
        interactions: { type: 'string', default: 'gateway' },
        'server-only': { type: 'boolean', default: false },
        open: { type: 'boolean', default: false },
      },
    });
    if (values.port !== undefined && !(/^\d+$/.test(values.port) && Number(values.port) < 65_536)) {
      throw new Error(`--port takes a number from 0 to 65535, not "${values.port}"`);
    }
    const interactions = INTERACTION_MODES.find((mode) => mode === values.interactions);
    if (!interactions) throw new Error(`--interactions takes gateway or http, not "${values.interactions}"`);
    try {
      if (values.at !== undefined) Temporal.Instant.from(values.at);
    } catch {
      throw new Error(`--at takes an instant such as 2024-01-20T12:00:00Z, not "${values.at}"`);
    }
    return { ...values, interactions };
  } catch (error) {
    const [problem] = String(error instanceof Error ? error.message : error).split(/\. |\n/);
    return fail(
      `${problem}. Usage: npm run sandbox -- [--port N] [--at ISO] [--state DIR] [--interactions gateway|http] [--server-only] [--open]`,
      2,
    );
  }
}

const { port, at, state, interactions, 'server-only': serverOnly, open } = parseArguments();
// Sentences for a reader, JSON for a program.
const destination = process.stderr.isTTY
  ? createTerminalLog((text) => process.stderr.write(text))
  : pino.destination(2);
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'info' }, destination);
const sandbox = await startSandbox({
  port: Number(port ?? DEFAULT_PORT),
  orNextPort: port === undefined,
  serverOnly,
  interactions,
  log,
  say,
  ...(at === undefined ? {} : { at }),
  ...(state === undefined ? {} : { state }),
}).catch((error: unknown) => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return fail(
    isTaken
      ? `Port ${port} is taken; choose another with --port, or leave it out.`
      : `The sandbox did not start: ${error instanceof Error ? error.message : error}`,
    1,
  );
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // A bot that hangs must not keep the process alive.
    setTimeout(() => process.exit(0), 3000).unref();
    sandbox.stop().finally(() => process.exit(0));
  });
}
// The page is bundled before its address is told. An error is told to who opens the page.
await fetch(sandbox.url, { headers: { accept: 'text/html' } }).catch(() => {});
if (open) openBrowser(sandbox.url, say);
say('Open the address in a browser; Ctrl+C stops.');
say(`Sandbox ready: ${sandbox.url}`);
