import type { Route } from 'playwright-core';
import { expect } from 'vitest';
import { channelId, request } from '../sandbox/support.ts';
import { browserFor, pageTest } from './support.ts';

const open = browserFor();

pageTest('a message that arrives while the channel is being read stays', async () => {
  const held: (() => Promise<void>)[] = [];
  let hold = false;
  let answered = 0;
  const { page, sandbox } = await open({ serverOnly: true }, {}, (page) =>
    page.route('**/sandbox/history?*', async (route: Route) => {
      // The answer is taken from the sandbox now, and reaches the page later.
      const response = await route.fetch();
      if (hold) held.push(() => route.fulfill({ response }));
      else await route.fulfill({ response }).then(() => answered++);
    }),
  );
  const channel = await channelId(sandbox);
  // The first view is in the document. The page reads the channel once the live connection is open.
  await expect.poll(() => answered).toBe(1);
  hold = true;
  await page.getByRole('combobox', { name: 'I am' }).selectOption({ index: 1 });
  await expect.poll(() => held.length).toBe(1);
  hold = false;
  await request(sandbox, 'POST', `/channels/${channel}/messages`, { content: 'in the meantime' });
  await page.getByText('in the meantime').waitFor();
  await held[0]?.();
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
  expect(await page.getByText('in the meantime').count()).toBe(1);
});

pageTest('an answer that arrives after a newer one is not shown', async () => {
  const held: (() => Promise<void>)[] = [];
  const { page, sandbox } = await open({ serverOnly: true }, {}, (page) =>
    page.route('**/sandbox/history?*', async (route: Route) => {
      const response = await route.fetch();
      held.push(() => route.fulfill({ response }));
    }),
  );
  await expect.poll(() => held.length).toBe(1);
  await page.getByRole('combobox', { name: 'I am' }).selectOption({ index: 1 });
  await expect.poll(() => held.length).toBe(2);
  const channel = await channelId(sandbox);
  await request(sandbox, 'POST', `/channels/${channel}/messages`, { content: 'once' });
  await page.getByText('once').waitFor();
  const [first, ...newer] = held.splice(0);
  for (const answer of newer) await answer();
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.();
  await first?.();
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
  expect(await page.getByText('once').count()).toBe(1);
});
