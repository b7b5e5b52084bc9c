import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startBot } from '../../src/app/start-bot.ts';
import { parseConfig } from '../../src/config.ts';
import { posts, said, temporaryFolder } from '../commands/countdown/support.ts';
import { sandboxFor } from '../sandbox/support.ts';

const ADD = '/countdown add date:2025-05-15 channel:releases milestones:7';
const DISK_BYTES = 2_000_000;
const PAGE_BYTES = 4096;

/** Mounts a disk of two megabytes; undefined where only root may. */
function smallDisk(): string | undefined {
  const disk = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  return disk;
}

/** Fills the disk, but for some pages. */
function fill(disk: string, pagesLeft: number): void {
  const spare = join(disk, 'spare');
  writeFileSync(spare, Buffer.alloc(pagesLeft * PAGE_BYTES, 1));
  const filler = join(disk, 'filler');
  for (const block of [65_536, PAGE_BYTES]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(block, 1), { flag: 'a' });
    } catch {
      // The disk is full.
    }
  }
  rmSync(spare);
}

/** A bot whose database is on the disk, and its page for operators. */
async function botOn(sandbox: Sandbox, disk: string) {
  const lines: { msg: string; url?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const config = parseConfig({
    DISCORD_TOKEN: 'x',
    DISCORD_API_URL: sandbox.apiUrl,
    DATABASE_URL: `sqlite:${join(disk, 'bot.sqlite')}`,
    OPS_PORT: '0',
  });
  const bot = await startBot({ config, clock: sandbox.clock, log });
  onTestFinished(() => bot.stop());
  const url = lines.find(({ msg }) => msg === 'listening for operators')?.url;
  const store = async () => {
    const response = await fetch(`${url}/readyz`);
    return [response.status, ((await response.json()) as { store: string }).store];
  };
  return { store, lines };
}

test.for([0, 3, 8, 20])(
  'with %i free pages on the disk, a command adds a countdown or says that the store is away',
  async (pagesLeft, { skip }) => {
    const disk = smallDisk();
    if (!disk) return skip('only root may mount a small disk');
    const sandbox = await sandboxFor({ at: '2025-05-01T00:00:00Z' });
    const { store, lines } = await botOn(sandbox, disk);
    expect(await store()).toEqual([200, 'ok']);

    fill(disk, pagesLeft);
    const answers: string[] = [];
    while (answers.at(-1)?.startsWith('Countdown added') !== false && answers.length < 20) {
      answers.push(await said(sandbox, `${ADD} title:Night ${answers.length}`));
    }
    expect(answers.at(-1)).toMatch(/^I can’t reach my database/);
    await expect.poll(store).toEqual([503, 'the database cannot be written: is the disk full?']);
    expect(lines.filter(({ msg }) => msg === 'a command failed')).toEqual([]);

    rmSync(join(disk, 'filler'));
    expect(await store()).toEqual([200, 'ok']);
    const complete = answers.length - 1;
    const listed = Number(/\((\d+) of 25\)/.exec(await said(sandbox, '/countdown list'))?.[1] ?? 0);
    // The last one may have been stored, though its answer says that it is not sure.
    expect([complete, complete + 1]).toContain(listed);
    await sandbox.turn('2025-05-09T00:00:00Z');
    await expect.poll(() => posts(sandbox)).toHaveLength(listed);
  },
);
