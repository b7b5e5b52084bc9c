import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Chromium is on this machine; undefined when there is none. */
function findChromium(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  return folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const executablePath = findChromium();
if (!executablePath) {
  process.stderr.write(
    'No Chromium on this machine: the tests of the sandbox page are skipped. apt-get install chromium\n',
  );
}

/** A test in a real browser; skipped where there is none. */
export const pageTest = executablePath ? test : test.skip;

/** Nothing but the page under test goes over the network. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ARGUMENTS });

export interface Opened {
  page: Page;
  sandbox: Sandbox;
  /** Every address that the page asked for outside of its own. */
  outside: string[];
  /** What the browser complained about. */
  complaints: string[];
}

/** One browser for the tests of a file. Answers what opens a page of it on a sandbox of its own. */
export function browserFor(): (sandbox?: SandboxOptions, context?: BrowserContextOptions) => Promise<Opened> {
  let browser: Browser;
  beforeAll(async () => {
    if (executablePath) browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());
  return async (options, context) => {
    const sandbox = await startSandbox({ at: '2025-06-20T12:00:00Z', ...options });
    onTestFinished(() => sandbox.stop());
    const inContext = await browser.newContext({ timezoneId: 'Europe/Berlin', ...context });
    onTestFinished(() => inContext.close());
    const page = await inContext.newPage();
    page.setDefaultTimeout(20_000);
    const outside: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${sandbox.url}/`) && !request.url().startsWith('data:'))
        outside.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(sandbox.url);
    await input(page).waitFor();
    return { page, sandbox, outside, complaints };
  };
}

export const input = (page: Page) => page.getByRole('combobox', { name: /^Message / });
export const suggestions = (page: Page) =>
  page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
/** The newest message of the channel. */
export const newest = (page: Page) => page.locator('article.message').last();

/** The text of something, blanks between the parts of the page not counted. */
export const words = async (thing: Locator) =>
  ((await thing.textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();

/** Types a line with the keyboard and sends it, suggestions let be. */
export async function say(page: Page, line: string): Promise<void> {
  await input(page).fill(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
}

/**
 * What a browser test may take, with Chromium's start on a busy machine. Chromium itself stands still now and then where two
 * workers and a sandbox share two cores with it: such a test is tried once more, and vitest says so.
 */
export const PATIENCE = { timeout: 60_000, retry: 1 };
