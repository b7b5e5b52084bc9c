import { expect } from 'vitest';
import { browserFor, newest, pageTest, say, words } from './support.ts';

const open = browserFor();

pageTest('the settings form saves changes, and keeps wrong input for correction', async () => {
  const { page, complaints } = await open();
  await say(page, '/countdown settings');
  await newest(page).getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings for new countdowns' });
  expect(await dialog.getByLabel('Time zone').inputValue()).toBe('UTC');
  await dialog.getByLabel('Time zone').fill('Mars');
  await dialog.getByLabel('Role to mention').selectOption({ label: 'High Table' });
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await newest(page).filter({ hasText: 'I don’t know the time zone' }).waitFor();

  await newest(page).getByRole('button', { name: 'Open the form again' }).click();
  expect(await dialog.getByLabel('Time zone').inputValue()).toBe('Mars');
  expect(await dialog.locator('option:checked').textContent()).toBe('High Table');
  await dialog.getByLabel('Time zone').fill('Kathmandu');
  await dialog.getByLabel('Role to mention').selectOption({ label: 'None' });
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await newest(page).filter({ hasText: 'Saved' }).waitFor();
  expect(await words(newest(page))).toMatch(/Asia\/Kathmandu.*nobody/);
  expect(complaints).toEqual([]);
});

pageTest('the buttons of a long list turn its pages within the same message', async () => {
  const { page, sandbox } = await open();
  for (let number = 1; number <= 7; number += 1) {
    const options = `title:Party ${number} date:2025-07-01 channel:releases`;
    await sandbox.command(`/countdown add ${options}`);
  }
  await say(page, '/countdown list');
  await newest(page).getByRole('button', { name: 'Next ›' }).click();
  await newest(page).filter({ hasText: 'page 2 of 2' }).waitFor();
  expect(await words(newest(page))).toContain('Party 7');
  await newest(page).getByRole('button', { name: '‹ Previous' }).click();
  await newest(page).filter({ hasText: 'page 1 of 2' }).waitFor();
});
