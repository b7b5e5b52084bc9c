import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { channelId, request } from '../sandbox/support.ts';
import { browserFor, input, newest, pageTest } from './support.ts';

const open = browserFor();
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not in sight.`);
  return box;
};

pageTest('a notice that nothing is due does not move the page', async () => {
  const { page } = await open({ serverOnly: true });
  const before = await boxOf(page, '.log');
  await page.getByRole('button', { name: 'Next post' }).click();
  await page.getByRole('status').filter({ hasText: 'Nothing is scheduled yet' }).waitFor();
  expect(await boxOf(page, '.log')).toEqual(before);
});

pageTest('the form for a date opens at its button', async () => {
  const { page } = await open({ serverOnly: true });
  const button = await boxOf(page, 'button[popovertarget="to-date"]');
  await page.getByRole('button', { name: 'To a date…' }).click();
  await page.getByLabel('Forward to').waitFor();
  const form = await boxOf(page, '#to-date');
  expect(Math.abs(form.x - button.x)).toBeLessThan(2);
  expect(form.y - button.y - button.height).toBeGreaterThanOrEqual(0);
  expect(form.y - button.y - button.height).toBeLessThan(12);
  await page.getByRole('button', { name: 'To a date…' }).click();
  await expect.poll(() => page.getByLabel('Forward to').isVisible()).toBe(false);
});

pageTest('at phone width the controls are one row, and the form for a date is at their button', async () => {
  const { page, sandbox } = await open({}, PHONE);
  const bar = await boxOf(page, '.bar');
  expect(bar.height).toBeLessThan(56);
  const button = await boxOf(page, 'button[popovertarget="turns"]');
  await page.getByRole('button', { name: 'Turn the clock' }).tap();
  const panel = await boxOf(page, '#turns');
  expect(panel.y).toBeGreaterThanOrEqual(button.y + button.height);
  expect(panel.y).toBeLessThan(button.y + button.height + 12);
  expect(panel.x + panel.width).toBeLessThanOrEqual(360);
  await page.getByLabel('Forward to').fill('2025-06-25T12:00');
  await page.getByRole('button', { name: 'Turn', exact: true }).tap();
  await expect.poll(async () => (await sandbox.state()).now).toMatch(/^2025-06-25T10:00/);
  await expect.poll(() => page.getByLabel('Forward to').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Turn the clock' }).tap();
  await page.getByRole('button', { name: 'Forward by a day' }).tap();
  await expect.poll(async () => (await sandbox.state()).now).toMatch(/^2025-06-26/);
});

pageTest('a message that is higher than the window is shown from its beginning', async () => {
  const { page, sandbox } = await open({ serverOnly: true }, PHONE);
  expect((await boxOf(page, '.welcome h2')).y).toBeGreaterThan((await boxOf(page, '.log')).y);
  const content = 'One line of many.\n'.repeat(60);
  await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, { content });
  await newest(page).waitFor();
  await expect
    .poll(async () => {
      const [log, message] = [await boxOf(page, '.log'), await newest(page).boundingBox()];
      return message !== null && message.y >= log.y && message.y < log.y + 40;
    })
    .toBe(true);
});

pageTest('a way back to today leads to a new sandbox, and from there to the old one', async () => {
  const { page, sandbox } = await open();
  await page.getByRole('button', { name: 'Back to today' }).click();
  await page.waitForURL(/#today/);
  await input(page).waitFor();
  const shown = (await page.evaluate('fetch("/sandbox/state").then((response) => response.json())')) as {
    now: string;
  };
  expect(Math.abs(Date.parse(shown.now) - Date.now())).toBeLessThan(3_600_000);
  expect(await page.getByRole('button', { name: 'Back to today' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Back to my sandbox' }).click();
  await page.waitForURL(`${sandbox.url}/`);
  expect((await sandbox.state()).now).toMatch(/^2025-06-20/);
});
