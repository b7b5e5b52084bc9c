import { mkdirSync } from 'node:fs';
import { startSandbox } from '../sandbox/sandbox.ts';
import { launch } from '../test/page/chromium.ts';
const OUT = process.argv[2] ?? '/tmp/p/shots';
mkdirSync(OUT, { recursive: true });
const LINES = [
  '/ballerina release', '/ballerina cast', '/ballerina overview', '/ballerina plot spoilers:true', '/wick timeline', '/wick timeline order:story',
  '/wick upcoming', '/wick film title:chapter-4', '/ballerina ask question:who plays eve', '/ballerina release as_of:2024-01-20', '/wick calendar title:ballerina', '/ballerina reddick',
];
const browser = await launch();
const sandbox = await startSandbox({ at: '2026-11-22T12:00:00Z' });
const shots = [
  { name: 'desk-dark', viewport: { width: 1200, height: 760 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 780 }, colorScheme: 'light' },
  { name: 'desk-light', viewport: { width: 1200, height: 760 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 780 }, colorScheme: 'dark' },
] as const;
for (const { name, viewport, colorScheme } of shots) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(sandbox.url);
  await page.locator('#command').waitFor();
  for (const [at, line] of LINES.entries()) {
    const before = await page.locator('article.message').count();
    await page.locator('#command').fill(line);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForFunction(`document.querySelectorAll('article.message').length > ${before}`);
    await page.locator('article.message').last().locator('.container').waitFor();
    await page.waitForTimeout(250);
    await page.locator('article.message').last().screenshot({ path: `${OUT}/${name}-${String(at).padStart(2, '0')}.png` });
  }
  await context.close();
}
await sandbox.stop();
await browser.close();
