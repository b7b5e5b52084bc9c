import {
  ActionRowBuilder,
  AttachmentBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
} from 'discord.js';
import { expect } from 'vitest';
import { botIn, channelId, request } from '../sandbox/support.ts';
import { browserFor, newest, pageTest, say, words } from './support.ts';

const open = browserFor();

const HOSTILE =
  '<img src=x onerror="document.title=`owned`"><b>bold</b> [x](javascript:alert(1)) <script>1</script>';

pageTest('HTML in a bot’s message is shown as text', async () => {
  const { page, sandbox, complaints } = await open({ serverOnly: true });
  const channel = await channelId(sandbox);
  await request(sandbox, 'POST', `/channels/${channel}/messages`, {
    content: HOSTILE,
    embeds: [
      {
        title: HOSTILE,
        description: HOSTILE,
        footer: { text: HOSTILE },
        fields: [{ name: HOSTILE, value: HOSTILE }],
      },
    ],
  });
  await newest(page).waitFor();
  await expect.poll(() => words(newest(page))).toContain('<b>bold</b>');
  expect((await words(newest(page))).match(/<script>1<\/script>/g)).toHaveLength(6);
  expect(await newest(page).locator('b, script, a, img[src="x"]').count()).toBe(0);
  expect(await page.title()).not.toBe('owned');
  expect(complaints).toEqual([]);
});

pageTest('the page sends requests only to the sandbox, whatever a message contains', async () => {
  const { page, sandbox, outside } = await open({ serverOnly: true });
  const channel = await channelId(sandbox);
  await request(sandbox, 'POST', `/channels/${channel}/messages`, {
    content: '<:wick:123456789012345678> <a:run:123456789012345678> 👍 https://example.org/a.png',
    embeds: [
      {
        title: '123456789012345678 emoji',
        description: 'x',
        color: 0,
        image: { url: 'https://example.org/image.png' },
        thumbnail: { url: 'https://example.org/thumbnail.png' },
        author: { name: 'a', icon_url: 'https://example.org/author.png' },
        footer: { text: 'f', icon_url: 'https://example.org/footer.png' },
        fields: [{ name: '123456789012345678', value: 'x' }],
      },
    ],
  });
  await newest(page).getByRole('link', { name: 'Picture at example.org' }).first().waitFor();
  await page.getByRole('button', { name: /Switch to/ }).click();
  expect(outside).toEqual([]);
});

pageTest('attached files can be downloaded, and attached pictures are shown', async () => {
  const { page, sandbox, outside } = await open({ serverOnly: true });
  const client = await botIn(sandbox);
  const channel = await client.channels.fetch(await channelId(sandbox));
  if (!channel?.isSendable()) throw new Error('no channel');
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const calendar = new AttachmentBuilder(Buffer.from('BEGIN:VCALENDAR'), { name: 'premiere.ics' });
  const poster = new AttachmentBuilder(pixel, { name: 'poster.png', description: 'The poster' });
  await channel.send({ content: 'here', files: [calendar, poster] });
  const picture = page.getByRole('img', { name: 'The poster' });
  await picture.waitFor();
  await expect.poll(() => page.evaluate("document.querySelector('img.attached').naturalWidth")).toBe(1);
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: /premiere\.ics/ }).click();
  expect((await saving).suggestedFilename()).toBe('premiere.ics');
  expect(outside).toEqual([]);
});

pageTest('a modal can be filled in and submitted', async () => {
  const { page, sandbox } = await open({ serverOnly: true });
  const client = await botIn(sandbox, (interaction) => {
    if (interaction.isModalSubmit()) {
      return interaction.reply({
        content: `Thank you: ${interaction.fields.getTextInputValue('what')}`,
        flags: MessageFlags.Ephemeral,
      });
    }
    if (!interaction.isChatInputCommand()) return undefined;
    const what = new TextInputBuilder().setCustomId('what').setLabel('What is wrong?').setStyle(2);
    const row = new ActionRowBuilder<TextInputBuilder>().addComponents(what);
    return interaction.showModal(
      new ModalBuilder().setCustomId('report').setTitle('Report a mistake').addComponents(row),
    );
  });
  await client.application.commands.set([{ name: 'report', description: 'Report a mistake' }]);
  await say(page, '/report');
  const dialog = page.getByRole('dialog', { name: 'Report a mistake' });
  await dialog.getByLabel('What is wrong?').fill('The date');
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await newest(page).filter({ hasText: 'Thank you: The date' }).waitFor();
  expect(await dialog.count()).toBe(0);
});

pageTest('the page has a strict content security policy and serves only the files it needs', async () => {
  const { sandbox } = await open({ serverOnly: true });
  const page = await fetch(sandbox.url, { headers: { accept: 'text/html' } });
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(policy).not.toMatch(/https?:|\*/);
  const status = async (path: string) => (await fetch(sandbox.url + path)).status;
  const fonts = '/page/fonts/@fontsource-variable/noto-sans';
  const script = /data-main="(\/page\/main-[\w-]+\.js)"/.exec(await page.text())?.[1];
  expect(await status(script ?? '')).toBe(200);
  expect(await status('/page/main-other.js')).toBe(404);
  expect(await status(`${fonts}/noto-sans-latin-wght-normal.woff2`)).toBe(200);
  expect(await status(`${fonts}/package.json`)).toBe(404);
  expect(await status(`${fonts}/..%2fpackage.json`)).toBe(404);
  expect(await status(`${fonts}/no-such-font.woff2`)).toBe(404);
  expect(await status('/page/fonts/@fontsource-variable/other/a.woff2')).toBe(404);
  expect(await status('/page/fonts/__proto__/a/a.woff2')).toBe(404);
  expect(await status('/page/main.ts')).toBe(404);
  expect(await status('/page/..%2fpage.ts')).toBe(404);
});
