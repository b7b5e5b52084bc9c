import { expect } from 'vitest';
import { browserFor, input, newest, pageTest, say, suggestions, words } from './support.ts';

const open = browserFor();

pageTest('a command with suggestions can be typed with the keyboard alone', async () => {
  const { page, complaints } = await open();
  await input(page).focus();
  await page.keyboard.type('/ballerina ca');
  await suggestions(page).filter({ hasText: '/ballerina cast' }).waitFor();
  expect(await input(page).getAttribute('aria-activedescendant')).toBe('suggestion-0');
  await page.keyboard.press('Tab');
  await expect.poll(() => input(page).inputValue()).toBe('/ballerina cast ');

  // Options are offered by name; an arrow and Enter take one.
  const person = suggestions(page).filter({ hasText: 'An actor or a character' });
  await person.waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => person.getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  await page.keyboard.type('an');
  await suggestions(page).filter({ hasText: 'Ana de Armas' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => input(page).inputValue()).toMatch(/person:Ana de Armas/);
  await page.keyboard.press('Enter');

  const embed = page.locator('.container');
  await embed.waitFor();
  expect(await words(embed)).toMatch(/Eve Macarro/);
  expect(await newest(page).locator('discord-command').getAttribute('command')).toBe('ballerina cast');
  expect(await input(page).inputValue()).toBe('');
  expect(complaints).toEqual([]);
});

pageTest('the Escape key closes the suggestions and keeps the typed text', async () => {
  const { page } = await open();
  await input(page).focus();
  await page.keyboard.type('/');
  await suggestions(page).first().waitFor();
  expect(await suggestions(page).count()).toBeGreaterThan(15);
  await page.keyboard.press('Escape');
  await expect.poll(() => suggestions(page).count()).toBe(0);
  expect(await input(page).inputValue()).toBe('/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.id')).not.toBe('command');
});

pageTest('a spoiler opens by keyboard and by click', async () => {
  const { page } = await open();
  await say(page, '/ballerina plot');
  await page.getByRole('button', { name: 'Spoilers', exact: true }).click();
  const spoilers = page.locator('discord-spoiler');
  await spoilers.first().waitFor();
  const colour = () => page.evaluate("getComputedStyle(document.querySelector('discord-spoiler')).color");
  expect(await colour()).toBe('rgba(0, 0, 0, 0)');
  await page.getByRole('button', { name: 'Spoiler: show it' }).first().focus();
  await page.keyboard.press('Enter');
  await expect.poll(colour).not.toBe('rgba(0, 0, 0, 0)');
  await spoilers.nth(1).click();
  await expect.poll(() => spoilers.nth(1).getAttribute('activated')).toBe('');
  expect(await page.getByRole('button', { name: 'Spoiler: show it' }).count()).toBe(
    (await spoilers.count()) - 2,
  );
});

pageTest('a topic button shows the answer for its topic', async () => {
  const { page } = await open();
  await say(page, '/ballerina cast');
  await page.getByRole('button', { name: 'Plot', exact: true }).click();
  await page.locator('.container', { hasText: 'avenge her father' }).waitFor();
});

pageTest('the owner can add a countdown, but a member is refused', async () => {
  const { page } = await open({ at: '2025-03-01T12:00:00Z' });
  await say(page, '/countdown add release:Ballerina channel:releases timezone:UTC');
  const added = newest(page).filter({ hasText: 'Countdown added' });
  await added.waitFor();
  expect(await words(added)).toContain('Only you can see this');

  await page.getByLabel('I am').selectOption({ label: 'john – member' });
  await expect.poll(() => page.locator('article.message').count()).toBe(0);
  await input(page).focus();
  await page.keyboard.type('/countdown add');
  expect(await words(suggestions(page).first())).toContain('admins only');
  await say(page, '/countdown add release:Ballerina channel:releases');
  await page.getByRole('alert').filter({ hasText: 'You do not have permission to use /countdown' }).waitFor();
  expect(await input(page).inputValue()).toMatch(/^\/countdown add/);
});

pageTest('wrong input is refused as Discord would refuse it', async () => {
  const { page } = await open();
  const refusal = page.getByRole('alert');
  await say(page, 'hello');
  await refusal.filter({ hasText: 'Only commands are sent here' }).waitFor();
  await say(page, '/countdown add');
  await refusal.filter({ hasText: 'channel: This option is required. Specify a value' }).waitFor();
  expect(await input(page).inputValue()).toBe('/countdown add channel:');
  await say(page, '/nothing');
  await refusal.filter({ hasText: 'Unknown command: /nothing' }).waitFor();
});

pageTest('a private answer can be dismissed, and its request can be viewed', async () => {
  const { page } = await open();
  await say(page, '/ballerina director private:true');
  const message = newest(page).filter({ hasText: 'Only you can see this' });
  await message.waitFor();
  await message.hover();
  await message.getByRole('button', { name: 'View the request' }).click();
  const dialog = page.getByRole('dialog', { name: 'What the bot sent' });
  expect(JSON.parse((await dialog.locator('pre').textContent()) ?? '')).toMatchObject({ flags: 32832 });
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  await message.getByRole('button', { name: 'Dismiss message' }).click();
  await expect.poll(() => page.locator('article.message').count()).toBe(0);
});

pageTest('the bot answers in the chosen language', async () => {
  const { page, sandbox } = await open();
  await page.getByLabel('My language').selectOption('en-GB');
  await say(page, '/ballerina release');
  await page.locator('.container', { hasText: '6 June 2025' }).waitFor();
  expect(sandbox.url).toContain('127.0.0.1');
});
