import { expect } from 'vitest';
import { browserFor, newest, pageTest, say, words } from './support.ts';

const open = browserFor();
const ADD = '/countdown add release:Ballerina channel:releases timezone:America/New_York milestones:30,7,1,0';

pageTest('the buttons of the clock turn it, and new posts appear without a reload', async () => {
  const { page, complaints } = await open({ at: '2025-05-01T12:00:00Z' });
  await page.evaluate('globalThis.stayed = true');
  await say(page, ADD);
  await newest(page).filter({ hasText: 'Countdown added' }).waitFor();
  // The same instant in the reader's zone, and how far it is on the sandbox's clock.
  const stamps = page.locator('discord-time');
  expect(await words(stamps.first())).toBe('Wednesday, May 7, 2025 at 3:00 PM');
  expect(await words(stamps.nth(1))).toBe('in 6 days');

  await page.getByRole('button', { name: 'Forward by a week' }).click();
  const releases = page.getByRole('button', { name: 'releases, 1 unread' });
  await releases.waitFor();
  await expect.poll(() => page.locator('.clock-day').textContent()).toBe('Thu, May 8, 2025');
  expect(await words(stamps.nth(1))).toBe('23 hours ago');
  await releases.click();
  await newest(page).filter({ hasText: '30 days left' }).waitFor();
  expect(await page.getByRole('button', { name: /^releases/ }).getAttribute('aria-label')).toBe('releases');

  await page.getByRole('button', { name: 'Next post' }).click();
  await newest(page).filter({ hasText: '7 days left' }).waitFor();
  await expect.poll(() => page.locator('.clock-day').textContent()).toBe('Fri, May 30, 2025');

  await page.getByRole('button', { name: 'To a date…' }).click();
  await page.getByLabel('Forward to').fill('2025-06-07T00:00');
  await page.getByRole('button', { name: 'Turn', exact: true }).click();
  await newest(page).filter({ hasText: 'Today is the day' }).waitFor();
  expect(await page.evaluate('globalThis.stayed')).toBe(true);
  expect(complaints).toEqual([]);
});

pageTest('the Next post button says when nothing is due', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Next post' }).click();
  await page.getByRole('status').filter({ hasText: 'Nothing is scheduled yet' }).waitFor();
});

pageTest('the demonstration of a moving release date shows its posts in a separate world', async () => {
  const { page, sandbox } = await open();
  await page.getByRole('button', { name: 'Watch a release date move' }).click();
  await page.getByText('1 of 8').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  expect((await sandbox.state()).now).toMatch(/^2025-06-20/);
  const taken = Number(/(\d) of 8/.exec(await words(page.getByRole('region', { name: 'Watch' })))?.[1]);
  const step = page.getByRole('button', { name: 'Step' });
  for (let count = taken + 1; count <= 8; count++) {
    await step.click();
    await page.getByText(`${count} of 8`).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Forward by an hour' }).isEnabled()).toBe(true);
  }
  const posts = page.locator('article.message .content:not(:empty)');
  await expect.poll(() => posts.count()).toBe(5);
  const texts = await posts.allTextContents();
  expect(texts[0]).toMatch(/has moved from June 7, 2024 to June 6, 2025/);
  expect(texts[4]).toMatch(/Today is the day/);
  // It was another world: one's own is where it was.
  await page.getByRole('link', { name: 'Back to my sandbox' }).click();
  await page.waitForURL(`${sandbox.url}/`);
  expect((await sandbox.state()).now).toMatch(/^2025-06-20/);
});
