import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { onTestFailed, onTestFinished } from 'vitest';
import type { ListedMessage } from '../../../sandbox/client.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/sandbox.ts';
import { PATIENT } from '../../sandbox/support.ts';
import { textIn } from '../../support.ts';

export const at = (text: string) => Temporal.Instant.from(text);

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'concierge-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/**
 * A sandbox with the real bot in it and a clock that moves only when it is turned. It ends with the test; when the test
 * fails, what the bot logged as an error is shown.
 */
export async function botAt(instant: string, options: SandboxOptions = {}): Promise<Sandbox> {
  const errors: string[] = [];
  onTestFailed(() => void process.stderr.write(errors.join('')));
  const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(line) });
  const timing = { ...PATIENT, ...options.timing };
  const sandbox = await startSandbox({ at: instant, clock: 'manual', log, ...options, timing });
  onTestFinished(() => sandbox.stop());
  // Turning the clock brings the posts of years into a second: Discord's own limits run on real time.
  await sandbox.world({ limits: 'off' });
  return sandbox;
}

/** The sentences of every reason for which Discord refuses the posts of a channel. */
export const CHANNEL_REFUSED =
  /I can’t (see|post|DM)|is gone|is locked|had been removed|Discord refused the post for/;

/** What winston is told when he types it, in full. */
export async function said(sandbox: Sandbox, text: string, scene: object = {}): Promise<string> {
  const answer = await sandbox.command({ text, ...scene });
  return answer.error ?? textIn(answer);
}

/** Adds a countdown; throws where it is refused. */
export async function added(sandbox: Sandbox, options: string, scene: object = {}): Promise<string> {
  const answer = await said(sandbox, `/countdown add ${options}`, scene);
  if (!answer.startsWith('Countdown added')) throw new Error(answer);
  return answer;
}

/** To the minute: the sandbox's clock runs on while a bot starts. */
const minute = (timestamp: string) => `${timestamp.slice(0, 16)}Z`;

/** When each message of a channel was posted, to the minute, and what it says first. */
export async function posts(sandbox: Sandbox, channel = 'releases'): Promise<string[]> {
  const messages = await sandbox.messages(channel);
  return messages.map(({ timestamp, content }) => `${minute(timestamp)} ${content}`);
}

/** Only when each was posted. */
export async function times(sandbox: Sandbox, channel = 'releases'): Promise<string[]> {
  return (await sandbox.messages(channel)).map(({ timestamp }) => minute(timestamp));
}

/** The body of a post as the bot sent it. */
export function requestOf(message: ListedMessage) {
  return message.request as {
    content: string;
    nonce: string;
    enforce_nonce: boolean;
    allowed_mentions: { parse: string[]; roles?: string[] };
  };
}

/** Everything that the bot has stored, row by row; only once it has stopped, for it keeps the file to itself. */
export function storedRows(folder: string): string[] {
  const db = new DatabaseSync(join(folder, 'concierge.sqlite'));
  try {
    const rows = [...db.prepare('SELECT * FROM documents').all(), ...db.prepare('SELECT * FROM due').all()];
    return rows.map((row) => JSON.stringify(row));
  } finally {
    db.close();
  }
}

/** The stored rows that speak of countdowns: all but the bot's own, its id and the fingerprint of its commands. */
export const rowsOfCountdowns = (folder: string) =>
  storedRows(folder).filter((row) => !/"key":"(registration|identity)::/.test(row));

/** The labels of the buttons of a message, in their order. */
export function labelsIn(
  message: { components?: ListedMessage['components'] | undefined } | undefined,
): string[] {
  return (message?.components ?? []).flatMap((row) =>
    'components' in row
      ? row.components.flatMap((button) => ('label' in button && button.label ? [button.label] : []))
      : [],
  );
}
