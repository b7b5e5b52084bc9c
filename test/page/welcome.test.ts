import { expect } from 'vitest';
import { browserFor, newest, pageTest, words } from './support.ts';

const open = browserFor();

pageTest('an empty channel says who one is, what the bot is about, and what to press', async () => {
  const { page, complaints } = await open();
  const welcome = page.locator('.welcome');
  const said = await words(welcome);
  expect(said).toContain('You are winston, the owner of The Continental.');
  expect(said).toMatch(/Concierge answers questions about Ballerina and the John Wick films/);
  expect(await welcome.getByRole('button').allTextContents()).toEqual([
    'Is there a John Wick 5?',
    'What order should I watch?',
    'Count down to Chapter 5',
    expect.stringContaining('Watch a release date move'),
  ]);
  const face = welcome.locator('img');
  expect(await face.getAttribute('src')).toBe('/page/face.svg');
  expect(await page.evaluate('document.querySelector(".face").naturalWidth')).toBeGreaterThan(0);

  await page.getByLabel('I am').selectOption({ label: 'john – member' });
  await welcome.getByText('You are john, a member of The Continental.').waitFor();
  expect(complaints).toEqual([]);
});

pageTest('each of the questions to press is answered, and the bot has its face', async () => {
  const { page } = await open({ at: '2025-06-20T12:00:00Z' });
  await page.getByRole('button', { name: 'Is there a John Wick 5?' }).click();
  await newest(page).filter({ hasText: 'Yes. Chapter 5 is in development' }).waitFor();
  expect(await newest(page).locator('discord-message').getAttribute('avatar')).toBe('/page/face.svg');
  await page.getByRole('button', { name: 'What order should I watch?' }).click();
  await newest(page).filter({ hasText: 'In story order' }).waitFor();
  await page.getByRole('button', { name: 'Count down to Chapter 5' }).click();
  await newest(page).filter({ hasText: 'Countdown added' }).waitFor();
  await page.getByRole('button', { name: 'Count down to Chapter 5' }).click();
  await newest(page).filter({ hasText: 'already has a countdown' }).waitFor();
});

pageTest('who may not add a countdown reads why, where the page speaks', async () => {
  const { page } = await open();
  await page.getByLabel('I am').selectOption({ label: 'john – member' });
  await page.getByRole('button', { name: 'Count down to Chapter 5' }).click();
  await page.getByRole('status').filter({ hasText: 'You do not have permission' }).waitFor();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect.poll(() => page.getByText('You do not have permission').count()).toBe(0);
});

pageTest(
  'direct messages offer only what can be typed there, and another bot is not introduced',
  async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Concierge' }).click();
    await page.getByRole('heading', { name: 'Welcome to Concierge!' }).waitFor();
    const labels = await page.locator('.welcome').getByRole('button').allTextContents();
    expect(labels.some((label) => label.includes('Count down'))).toBe(false);
    expect(labels).toContain('Is there a John Wick 5?');

    const other = await open({ serverOnly: true });
    await other.page.getByRole('heading', { name: 'Welcome to #general!' }).waitFor();
    expect(await other.page.locator('.welcome').getByRole('button').count()).toBe(0);
    expect(await other.page.locator('.welcome img').count()).toBe(0);
  },
);
