import { expect } from 'vitest';
import { botIn, channelId, request } from '../sandbox/support.ts';
import { browserFor, input, newest, pageTest, words } from './support.ts';

const open = browserFor();

pageTest('during an outage the server is unavailable and says so', async () => {
  const { page, sandbox } = await open();
  await page.getByRole('button', { name: /^Test failures/ }).click();
  await page.getByRole('button', { name: 'Start an outage' }).click();
  await page.getByRole('heading', { name: 'The Continental is unavailable' }).waitFor();
  await page.getByRole('button', { name: 'The Continental, unavailable' }).waitFor();
  expect(await page.getByRole('button', { name: 'releases' }).count()).toBe(0);
  expect(await input(page).count()).toBe(0);
  expect((await sandbox.command('/ballerina cast')).error).toBe(
    'The Continental is unavailable because of an outage.',
  );
  // Direct messages are not in the server.
  await page.getByRole('button', { name: 'Concierge', exact: true }).click();
  await input(page).waitFor();
  await page.getByRole('button', { name: 'The Continental, unavailable' }).click();
  await page.getByRole('button', { name: 'End the outage' }).click();
  await page.getByRole('button', { name: 'releases' }).waitFor();
  await input(page).waitFor();
});

pageTest('the counter of a fault moves when it fires, and the panel tells what the bot did', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  const bot = await botIn(sandbox);
  const channel = await bot.channels.fetch(await channelId(sandbox));
  if (!channel?.isSendable()) throw new Error('no channel');
  await page.getByRole('button', { name: /^Test failures/ }).click();
  await page.getByRole('button', { name: 'Inject' }).click();
  const rule = page.getByRole('listitem').filter({ hasText: 'A post fails: error 500' });
  await rule.filter({ hasText: 'happened 0×' }).waitFor();
  await channel.send('hello');
  await rule.filter({ hasText: 'happened 1×' }).waitFor();
  await rule.filter({ hasText: /The bot retried (at once|after [\d.]+ s), answered\./ }).waitFor();

  await page.getByLabel('What happens').selectOption('A post is forbidden: 403');
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.getByText('happened 0×').waitFor();
  await channel.send('again').catch(() => {});
  const forbidden = page.getByRole('listitem').filter({ hasText: 'A post is forbidden: 403' });
  await forbidden.filter({ hasText: 'The bot has not tried again.' }).waitFor();

  await page.getByLabel('What happens').selectOption('The gateway drops the connection');
  await page.getByRole('button', { name: 'Inject' }).click();
  await page.getByText(/The bot resumed its session (at once|after [\d.]+ s)\./).waitFor();
});

pageTest('the scheduled events of a server are shown, and follow changes', async () => {
  const { page, sandbox } = await open({ at: '2023-05-01T12:00:00Z' });
  expect(await page.getByRole('heading', { name: 'Events' }).count()).toBe(0);
  await sandbox.command('/countdown event release:Ballerina');
  await page.getByRole('heading', { name: 'Events' }).waitFor();
  const event = page.locator('.events li');
  expect(await words(event)).toMatch(/Ballerina.*Jun 7, 2024/);
  await event.locator('summary').click();
  await event.getByText(/scheduled$/).waitFor();
  await sandbox.command('/countdown event release:Ballerina remove:true');
  await expect.poll(() => event.count()).toBe(0);
});

pageTest('a link to a message of the sandbox jumps there, any other says where it leads', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  const { guilds } = await sandbox.state();
  const guild = guilds[0]?.id;
  const [general, releases] = [await channelId(sandbox), await channelId(sandbox, 'releases')];
  await sandbox.world({ limits: 'off' });
  const post = async (channel: string, content: string) =>
    (await request(sandbox, 'POST', `/channels/${channel}/messages`, { content })).body as { id: string };
  const first = await post(releases, 'the first one');
  for (let number = 1; number <= 4; number++) await post(releases, `line\n`.repeat(15));
  const at = `https://discord.com/channels/${guild}/${releases}`;
  await post(
    general,
    `[jump](${at}/${first.id}) [gone](${at}/1) [other](https://example.org/a?b=c) [invite](https://discord.gg/abc)`,
  );

  await page.getByRole('link', { name: 'other' }).click();
  const dialog = page.getByRole('dialog', { name: 'A link out of the sandbox' });
  await dialog.getByText('https://example.org/a?b=c').waitFor();
  expect(await dialog.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href')).toBe(
    'https://example.org/a?b=c',
  );
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);

  await page.getByRole('link', { name: 'invite' }).click();
  const discord = page.getByRole('dialog', { name: 'A link into Discord' });
  await discord.getByText('https://discord.gg/abc').waitFor();
  expect(await discord.getByRole('link').count()).toBe(0);
  await discord.getByRole('button', { name: 'Stay here' }).click();

  await page.getByRole('link', { name: 'jump' }).click();
  await page.getByRole('heading', { name: 'releases', exact: true }).waitFor();
  const target = page.locator('article.target');
  await target.filter({ hasText: 'the first one' }).waitFor();
  await expect
    .poll(async () => {
      const [log, message] = [await page.locator('.log').boundingBox(), await target.boundingBox()];
      return log !== null && message !== null && message.y >= log.y && message.y < log.y + log.height;
    })
    .toBe(true);

  await page.getByRole('button', { name: /^general/ }).click();
  await page.getByRole('link', { name: 'gone' }).click();
  await page.getByRole('status').filter({ hasText: 'That message was deleted' }).waitFor();
  expect(await newest(page).count()).toBe(1);
  expect(page.context().pages()).toHaveLength(1);
});
