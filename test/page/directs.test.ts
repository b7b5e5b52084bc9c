import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { eventsIn } from '../calendar/support.ts';
import { browserFor, newest, pageTest, say, words } from './support.ts';

const open = browserFor();

pageTest('a calendar file can be downloaded from its message', async () => {
  const { page } = await open();
  await say(page, '/ballerina release as_of:2024-01-20');
  await page.getByRole('button', { name: 'Add to calendar', exact: true }).click();
  const file = newest(page).locator('a.file');
  await file.waitFor();
  expect(await words(file)).toMatch(/^ballerina\.ics ?\d+ bytes$/);
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
  expect(download.suggestedFilename()).toBe('ballerina.ics');
  const [event] = eventsIn(readFileSync(await download.path(), 'utf8'));
  expect(event).toMatchObject({ start: '2024-06-07', sequence: 0 });
});

pageTest('a reminder marks the direct messages as unread, only for the person who set it', async () => {
  const { page, sandbox } = await open({ at: '2025-06-01T12:00:00Z' });
  const order = 'release:ballerina/release/theatrical/us timezone:UTC';
  await say(page, `/remind me ${order}`);
  await newest(page).filter({ hasText: 'Reminder set' }).waitFor();
  await sandbox.turn('2025-06-07T00:00:00Z');
  const directs = page.getByRole('button', { name: 'Concierge, 1 unread, 1 mentions' });
  await directs.click();
  await newest(page).filter({ hasText: 'Today is the day' }).waitFor();
  await page.getByRole('button', { name: 'Concierge', exact: true }).waitFor();

  await page.getByLabel('I am').selectOption({ label: 'john – member' });
  await expect.poll(() => page.locator('article.message').count()).toBe(0);
});
