import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { browserFor, input, pageTest, whenReady, words } from './support.ts';

const open = browserFor();

/** How many views are measured. The first is slower, as the browser is cold. */
const VIEWS = 3;

/** An event of Chromium's trace: `ts` in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ts: number;
  readonly args: { readonly data?: { readonly documentLoaderURL?: string } };
}

/**
 * Opens an address as a reader does who was never there. Returns the milliseconds from the start of the navigation to the frame
 * with the last sentence of the welcome; without a welcome, to the first content.
 */
async function measureView(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await browser.startTracing(page, { categories: ['loading', 'devtools.timeline', 'blink.user_timing'] });
  await page.goto(url);
  await page.locator('#app:not([inert]), pre').waitFor();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  const element = (await page.evaluate(`document.querySelector('[elementtiming]') && new Promise((done) =>
    new PerformanceObserver((list) => done(list.getEntries()[0].renderTime)).observe({ type: 'element', buffered: true }))`)) as
    | number
    | null;
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  await context.close();
  const start = traceEvents.find(
    ({ name, args }) => name === 'navigationStart' && (args.data?.documentLoaderURL ?? '').startsWith(url),
  );
  const content = traceEvents.find(({ name }) => name === 'firstContentfulPaint');
  if (!start || !content) throw new Error('The trace has no first view.');
  return element ?? (content.ts - start.ts) / 1000;
}

const median = (numbers: readonly number[]): number =>
  Math.round(numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN);

pageTest('the first view is the whole welcome, and waits for no file but the document', async () => {
  const { page, sandbox } = await open({ at: '2025-06-20T12:00:00Z' });
  const browser = page.context().browser();
  if (!browser) throw new Error('no browser');
  const [views, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < VIEWS; round++) {
    bare.push(await measureView(browser, `${sandbox.url}/sandbox/counters`));
    views.push(await measureView(browser, sandbox.url));
  }
  // A page of bare JSON takes as long as the browser itself needs on this machine, as busy as it is.
  const [first, least] = [median(views), median(bare)];
  process.stderr.write(
    `First view of the sandbox page: ${first} ms to the end of the welcome, median of ${VIEWS}; a page of bare JSON: ${least} ms.\n`,
  );
  // The document waits for no other file. The script is loaded when the view is there.
  const answer = await fetch(sandbox.url, { headers: { accept: 'text/html' } });
  const waitedFor = /<script[^>]* src=|<link[^>]* rel="?(?:stylesheet|modulepreload|preload)/;
  expect(await answer.text()).not.toMatch(waitedFor);
});

pageTest('the document has the view in it that the script draws', async () => {
  const { page, sandbox, complaints } = await open();
  const without = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const drawn = await without?.newPage();
  if (!without || !drawn) throw new Error('no browser');
  await drawn.goto(sandbox.url);
  // What is folded away is not drawn: the other choices of a list.
  await page.locator('option').evaluateAll((options) => {
    for (const option of options as unknown as { selected: boolean; remove: () => void }[])
      if (!option.selected) option.remove();
  });
  for (const part of ['.welcome', '.sidebar', '.turns', '.channel-header'])
    expect(await words(drawn.locator(part))).toBe(await words(page.locator(part)));
  expect(await words(drawn.locator('.welcome'))).toContain('You are winston, the owner of The Continental.');
  expect(await drawn.locator('.welcome button').allTextContents()).toHaveLength(4);
  expect(await drawn.title()).toBe(await page.title());
  // What the script is not there for yet cannot be pressed.
  expect(await drawn.locator('#app').getAttribute('inert')).toBe('');
  expect(await page.locator('#app').getAttribute('inert')).toBe(null);
  expect(await page.locator('.welcome').count()).toBe(1);
  await without.close();
  expect(complaints).toEqual([]);
});

pageTest('a name in the document is text, and stays text', async () => {
  const { page, sandbox, complaints } = await open({ serverOnly: true });
  const name = '"><img src=x class=bad><script>document.title=1</script>';
  await sandbox.world({ addMember: { name }, addChannel: { name } });
  const answer = await fetch(sandbox.url, { headers: { accept: 'text/html' } });
  expect(await answer.text()).not.toContain('<img src=x');
  await page.reload();
  await whenReady(page);
  expect(await page.locator('img.bad').count()).toBe(0);
  expect(complaints).toEqual([]);
});

pageTest('a second visit takes the script, the styles and the fonts from the cache', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  await page.goto('about:blank');
  await page.goto(sandbox.url);
  await whenReady(page);
  await input(page).waitFor();
  const transferred = async () =>
    (await page.evaluate(
      `performance.getEntriesByType('resource').filter(({ name }) => /\\/page\\/(main|fonts)/.test(name)).map(({ name, transferSize }) => [new URL(name).pathname, transferSize])`,
    )) as [string, number][];
  // The styles of the fonts, and then the fonts, come after the view.
  await expect.poll(async () => (await transferred()).length).toBeGreaterThanOrEqual(3);
  expect((await transferred()).filter(([, size]) => size > 0)).toEqual([]);
});
