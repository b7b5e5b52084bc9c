import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserFor, input, newest, pageTest, say, suggestions } from './support.ts';

const open = browserFor();
const WIDTH = 360;
const PHONE = {
  viewport: { width: WIDTH, height: 740 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
} as const;

/**
 * Lists what reaches beyond the window's sides, and boxes that could be scrolled sideways, shadow trees included. What
 * is cut on purpose is left out: the one line that is typed, and lines that end in an ellipsis.
 */
const BEYOND = `(() => {
  const found = [];
  const name = (element) => element.tagName.toLowerCase() + (element.className ? '.' + element.className : '');
  const look = (parent) => {
    for (const element of parent.children) {
      const style = getComputedStyle(element);
      if (style.display === 'none' || style.visibility === 'hidden' || element.matches('.typed, .replied, .show-spoiler')) continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0 && (left < -0.5 || right > innerWidth + 0.5)) {
        found.push(name(element) + ' reaches from ' + left + ' to ' + right + ': ' + element.textContent.trim().slice(0, 40));
      }
      if (style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1) {
        found.push(name(element) + ' holds ' + element.scrollWidth + ' in ' + element.clientWidth);
      }
      if (element.shadowRoot) look(element.shadowRoot);
      look(element);
    }
  };
  look(document.body);
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page holds ' + document.documentElement.scrollWidth);
  return found;
})()`;

async function beyond(page: Page): Promise<string[]> {
  await page.evaluate('document.fonts.ready');
  return (await page.evaluate(BEYOND)) as string[];
}

/** Every font of the page at \`size\` of its own. */
async function widen(page: Page, size: string): Promise<void> {
  await page.route('**/page/fonts.css?*', async (route) => {
    const response = await route.fetch();
    const css = await response.text();
    await route.fulfill({
      response,
      body: css.replaceAll('@font-face {', `@font-face { size-adjust: ${size};`),
    });
  });
}

const FONTS: readonly [name: string, prepare: (page: Page) => Promise<unknown>][] = [
  ['the fonts of the page', async () => {}],
  ['other fonts, as its own do not load', (page) => page.route('**/*.woff2', (route) => route.abort())],
  ['fonts that are half as wide again', (page) => widen(page, '150%')],
];

for (const [name, prepare] of FONTS) {
  pageTest(`the page fits into ${WIDTH} pixels with ${name}`, async () => {
    const { page } = await open({ at: '2025-03-01T12:00:00Z' }, PHONE, prepare);
    expect(await beyond(page)).toEqual([]);
    await say(page, '/ballerina cast');
    await page.locator('.container').first().waitFor();
    expect(await beyond(page)).toEqual([]);
    await say(page, '/countdown add release:Ballerina channel:releases timezone:UTC');
    await newest(page).filter({ hasText: 'Countdown added' }).waitFor();
    expect(await beyond(page)).toEqual([]);
    await newest(page).getByRole('button', { name: 'View the request' }).tap();
    await page.getByRole('dialog', { name: 'What the bot sent' }).waitFor();
    expect(await beyond(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'What the bot sent' }).waitFor({ state: 'hidden' });
    await input(page).fill('/');
    await suggestions(page).first().waitFor();
    expect(await beyond(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Turn the clock' }).tap();
    await page.getByLabel('Forward to').waitFor();
    expect(await beyond(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Test failures/ }).tap();
    await page.getByRole('button', { name: 'Inject' }).tap();
    await page.getByText('happened 0×').waitFor();
    expect(await beyond(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('button', { name: 'Servers and channels' }).tap();
    await page.getByRole('button', { name: 'releases' }).waitFor();
    expect(await beyond(page)).toEqual([]);
  });
}
