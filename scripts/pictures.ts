import { mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { startSandbox } from '../sandbox/sandbox.ts';

// `npm run pictures`: takes the README's screenshots of the running page: an answer, a countdown that follows a date, a phone.

const FOLDER = 'docs/pictures';
const WIDE = { width: 1100, height: 720 };
const PHONE = { width: 390, height: 760 };

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
});

interface Screenshot {
  /** The file's name without its extension. */
  name: string;
  /** The instant at which the sandbox starts. */
  at: string;
  viewport: typeof WIDE;
  colorScheme?: 'dark' | 'light';
}

/** Starts a sandbox, performs the actions on its page and writes a screenshot. */
async function takeScreenshot(
  { name, at, viewport, colorScheme = 'dark' }: Screenshot,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ at });
  const context = await browser.newContext({
    viewport,
    colorScheme,
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
    deviceScaleFactor: viewport === PHONE ? 1.5 : 1.25,
  });
  const page = await context.newPage();
  await page.goto(sandbox.url);
  await page.locator('#app:not([inert]) #command').waitFor();
  await act(page);
  // Two frames, so that the components are drawn and the newest message is visible.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await context.close();
  await sandbox.stop();
}

async function runCommand(page: Page, line: string): Promise<void> {
  await page.locator('#command').fill(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.locator('.container').last().waitFor();
}

mkdirSync(FOLDER, { recursive: true });
try {
  await takeScreenshot({ name: 'answer', at: '2024-03-01T17:00:00Z', viewport: WIDE }, (page) =>
    runCommand(page, '/ballerina release'),
  );
  await takeScreenshot({ name: 'countdown', at: '2025-06-20T12:00:00Z', viewport: WIDE }, async (page) => {
    await page.getByRole('button', { name: 'Watch a release date move' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    for (const text of ['Nothing is due', 'moves by a year', 'old date passes', 'thirty days left']) {
      await page.getByRole('button', { name: 'Step' }).click();
      await page.getByRole('status').filter({ hasText: text }).waitFor();
    }
    await page.getByText('30 days left: Ballerina').waitFor();
  });
  await takeScreenshot(
    { name: 'phone', at: '2025-06-20T12:00:00Z', viewport: PHONE, colorScheme: 'light' },
    (page) => runCommand(page, '/ballerina release as_of:2024-01-20'),
  );
} finally {
  await browser.close();
}
