import { expect } from 'vitest';
import { browserFor, input, pageTest } from './support.ts';

const open = browserFor();

/** An event of Chromium's trace: `ts` in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ts: number;
  readonly args: { readonly data?: { readonly url?: string; readonly documentLoaderURL?: string } };
}

pageTest('the first view needs a handful of files, and the trace tells when it is there', async () => {
  const { page, sandbox } = await open({ at: '2025-06-20T12:00:00Z' });
  const browser = page.context().browser();
  const context = await browser?.newContext();
  const fresh = await context?.newPage();
  if (!browser || !context || !fresh) throw new Error('no browser');
  await browser.startTracing(fresh, { categories: ['loading', 'devtools.timeline', 'blink.user_timing'] });
  await fresh.goto(sandbox.url);
  await input(fresh).waitFor();
  await fresh.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };

  const find = (name: string, url = '') =>
    traceEvents.find(
      (event) => event.name === name && (event.args.data?.documentLoaderURL ?? '').startsWith(url),
    );
  const [start, paint] = [find('navigationStart', sandbox.url), find('firstContentfulPaint')];
  if (!start || !paint) throw new Error('The trace has no first view.');
  const files = traceEvents
    .filter(({ name, ts }) => name === 'ResourceSendRequest' && ts >= start.ts && ts <= paint.ts)
    .map(({ args }) => new URL(args.data?.url ?? ''))
    .filter(({ protocol }) => protocol === 'http:')
    .map(({ pathname }) => pathname);
  process.stderr.write(
    `First view of the sandbox page: ${Math.round((paint.ts - start.ts) / 1000)} ms after the start of the navigation, ${files.length} files.\n`,
  );
  // What a slow machine asks for before it paints is not counted: only what the document waits for.
  const waitedFor = (await fresh.evaluate(
    `[...document.querySelectorAll('script[src], link[rel="stylesheet"], link[rel="modulepreload"], link[rel="preload"]')].map((element) => new URL(element.src ?? element.href).pathname)`,
  )) as string[];
  await context.close();
  expect(waitedFor).toContainEqual(expect.stringMatching(/^\/page\/main-.*\.js$/));
  expect(waitedFor).toContain('/page/main.css');
  expect(waitedFor.length).toBeLessThanOrEqual(6);
});

pageTest('a second visit takes the script, the styles and the fonts from the cache', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  await page.goto('about:blank');
  await page.goto(sandbox.url);
  await input(page).waitFor();
  const transferred = (await page.evaluate(
    `performance.getEntriesByType('resource').filter(({ name }) => /\\/page\\/(main|fonts)/.test(name)).map(({ name, transferSize }) => [new URL(name).pathname, transferSize])`,
  )) as [string, number][];
  expect(transferred.length).toBeGreaterThanOrEqual(3);
  expect(transferred.filter(([, size]) => size > 0)).toEqual([]);
});
