import { expect } from 'vitest';
import { browserFor, input, newest, pageTest, say, suggestions } from './support.ts';

const open = browserFor();

pageTest(
  'after choosing a channel, and anywhere outside of a field, typing goes to the composer',
  async () => {
    const { page } = await open({ serverOnly: true });
    await page.getByRole('button', { name: 'releases' }).click();
    await page.getByRole('heading', { name: 'releases', exact: true }).waitFor();
    await page.keyboard.type('/abc');
    await expect.poll(() => input(page).inputValue()).toBe('/abc');
    await page.getByRole('button', { name: /Switch to/ }).focus();
    await page.keyboard.type('d');
    await expect.poll(() => input(page).inputValue()).toBe('/abcd');
    await page.getByRole('button', { name: /^Test failures/ }).click();
    await page.getByLabel('New channel').fill('');
    await page.keyboard.type('premiere');
    expect(await page.getByLabel('New channel').inputValue()).toBe('premiere');
  },
);

pageTest('the arrow up key brings back what was sent, the arrow down key leads on', async () => {
  const { page } = await open();
  await say(page, '/ballerina director');
  await say(page, '/nothing');
  await page.getByRole('alert').filter({ hasText: 'Unknown command' }).waitFor();
  await input(page).fill('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => input(page).inputValue()).toBe('/nothing');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => input(page).inputValue()).toBe('/ballerina director');
  await page.keyboard.press('ArrowUp');
  expect(await input(page).inputValue()).toBe('/ballerina director');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => input(page).inputValue()).toBe('');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.container').count()).toBe(2);

  // What is being typed is not replaced.
  await page.keyboard.type('hello');
  await page.keyboard.press('ArrowUp');
  expect(await input(page).inputValue()).toBe('hello');
});

pageTest('a line that is brought back keeps what was picked for it', async () => {
  const { page } = await open({ at: '2025-03-01T12:00:00Z' });
  await input(page).focus();
  await page.keyboard.type('/ballerina cast person:ana');
  await suggestions(page).filter({ hasText: 'Ana de Armas' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.locator('.container').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.container').count()).toBe(2);
  await newest(page).filter({ hasText: 'Eve Macarro' }).waitFor();
});

pageTest('the Escape key closes one thing after the other', async () => {
  const { page } = await open({ serverOnly: true });
  const desk = page.getByRole('complementary', { name: 'Test failures' });
  await page.getByRole('button', { name: /^Test failures/ }).click();
  await desk.waitFor();
  await input(page).fill('/');
  await page.keyboard.press('Escape');
  expect(await desk.count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => desk.count()).toBe(0);
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^Test failures/);

  await page.getByRole('button', { name: 'Next post' }).click();
  const notice = page.getByText('Nothing is scheduled yet');
  await notice.waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => notice.count()).toBe(0);

  await page.getByRole('button', { name: 'To a date…' }).click();
  const date = page.getByLabel('Forward to');
  await date.waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => date.isVisible()).toBe(false);
});
