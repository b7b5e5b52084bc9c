import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { PATIENT } from '../sandbox/support.ts';
import { executablePath, launch } from './chromium.ts';

/** A test in a real browser; skipped where there is none. */
export const pageTest = executablePath ? test : test.skip;

export interface Opened {
  page: Page;
  sandbox: Sandbox;
  /** Every address that the page asked for outside of its own. */
  outside: string[];
  /** What the browser complained about. */
  complaints: string[];
}

/**
 * One browser for the tests of a file. Returns a function that opens a page of it on a sandbox of its own; `prepare` is
 * called with the page before it loads.
 */
export function browserFor(): (
  sandbox?: SandboxOptions,
  context?: BrowserContextOptions,
  prepare?: (page: Page) => Promise<unknown>,
) => Promise<Opened> {
  let browser: Browser;
  beforeAll(async () => {
    if (executablePath) browser = await launch();
  });
  afterAll(() => browser?.close());
  return async (options, context, prepare) => {
    const sandbox = await startSandbox({ at: '2025-06-20T12:00:00Z', timing: PATIENT, ...options });
    onTestFinished(() => sandbox.stop());
    const inContext = await browser.newContext({ timezoneId: 'Europe/Berlin', ...context });
    onTestFinished(() => inContext.close());
    const page = await inContext.newPage();
    page.setDefaultTimeout(60_000);
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
    await prepare?.(page);
    await page.goto(sandbox.url);
    await whenReady(page);
    await input(page).waitFor();
    return { page, sandbox, outside, complaints };
  };
}

/** Resolves when the page's script runs: before that, the page shows the sandbox's drawing of it. */
export const whenReady = (page: Page) => page.locator('#app:not([inert])').waitFor();

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
