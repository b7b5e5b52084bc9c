import { expect } from 'vitest';
import { browserFor, input, newest, pageTest, say } from './support.ts';

const open = browserFor();

pageTest('a bot that is denied a permission says which one it lacks', async () => {
  const { page, sandbox } = await open({ at: '2025-03-01T12:00:00Z' });
  await page.getByRole('button', { name: 'releases' }).click();
  await page.getByRole('button', { name: /^Test failures/ }).click();
  const may = page.getByLabel('Send Messages');
  expect(await may.isChecked()).toBe(true);
  await may.click();
  await page.getByRole('status').filter({ hasText: 'Send Messages is denied in #releases' }).waitFor();
  const { guilds } = await sandbox.state();
  const releases = guilds[0]?.channels.find(({ name }) => name === 'releases');
  expect(BigInt(releases?.botPermissions ?? 0) & (1n << 11n)).toBe(0n);
  await say(page, '/countdown add release:Ballerina channel:releases timezone:UTC');
  await newest(page).filter({ hasText: 'Send Messages' }).waitFor();
  await may.click();
  await expect.poll(() => may.isChecked()).toBe(true);
});

pageTest('a new channel can be deleted, and the page then opens another one', async () => {
  const { page } = await open({ serverOnly: true });
  await page.getByRole('button', { name: /^Test failures/ }).click();
  await page.getByLabel('New channel').fill('premiere');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'premiere', exact: true }).click();
  await page.getByRole('button', { name: 'Delete #premiere' }).click();
  await page.getByRole('heading', { name: 'general', exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'premiere', exact: true }).count()).toBe(0);
});

pageTest('the commands of a removed bot are refused until it is invited again', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: /^Test failures/ }).click();
  await page.getByRole('button', { name: 'Remove Concierge' }).click();
  await page.getByText('bot removed').waitFor();
  await say(page, '/ballerina cast');
  await page.getByRole('alert').filter({ hasText: 'Unknown command: /ballerina' }).waitFor();
  await page.getByRole('button', { name: 'Invite Concierge' }).click();
  await page.getByRole('button', { name: 'Remove Concierge' }).waitFor();
  await say(page, '/ballerina cast');
  await page.locator('.container').first().waitFor();
});

pageTest('a fault can be injected and cleared, and the page shows how often it happened', async () => {
  const { page } = await open({ serverOnly: true });
  await page.getByRole('button', { name: /^Test failures/ }).click();
  await page.getByLabel('What happens').selectOption('A post is forbidden: 403');
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.getByText('happened 0×').waitFor();
  await page.getByRole('button', { name: 'Clear the faults' }).click();
  await expect.poll(() => page.getByText('happened 0×').count()).toBe(0);
});

pageTest('the page shows changes by itself, and says when the bot does not respond', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  await sandbox.world({ addChannel: { name: 'by a script' } });
  await page.getByRole('button', { name: 'by a script' }).waitFor();
  const { bot } = await sandbox.state();
  await fetch(`${sandbox.apiUrl}/v10/applications/${bot.id}/commands`, {
    method: 'POST',
    headers: { authorization: 'Bot x', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'silent', description: 'Nothing comes of it' }),
  });
  await input(page).fill('/sil');
  await page.getByRole('option', { name: /Nothing comes of it/ }).waitFor();
  await say(page, '/silent');
  await newest(page).filter({ hasText: 'The application did not respond' }).waitFor();
  await page.getByRole('button', { name: 'Dismiss message' }).click();
  await expect.poll(() => page.locator('article.message').count()).toBe(0);
});
