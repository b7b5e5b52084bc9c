import AxeBuilder from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { channelId, request } from '../sandbox/support.ts';
import { browserFor, input, newest, pageTest, say, suggestions, whenReady } from './support.ts';

const open = browserFor();
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

/** Violations of WCAG 2.2 A and AA, and of axe's own good practice, in a sentence each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AxeBuilder.source);
  const { violations: found } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

for (const colorScheme of ['dark', 'light'] as const) {
  pageTest(`the page passes axe’s accessibility checks in ${colorScheme} colours`, async () => {
    const { page } = await open({}, { colorScheme, reducedMotion: 'reduce' });
    await say(page, '/ballerina cast spoilers:true');
    await page.locator('.container').first().waitFor();
    await say(page, '/countdown list');
    await newest(page).filter({ hasText: 'Only you can see this' }).waitFor();
    await page.getByRole('button', { name: /^Test failures/ }).click();
    await page.getByRole('button', { name: 'Inject' }).click();
    await page.getByText('happened 0×').waitFor();
    expect(await violations(page)).toEqual([]);
    await input(page).fill('/');
    await suggestions(page).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await newest(page).hover();
    await newest(page).getByRole('button', { name: 'View the request' }).click();
    expect(await violations(page)).toEqual([]);
  });
}

for (const colorScheme of ['dark', 'light'] as const) {
  pageTest(
    `a message with everything in it passes axe’s accessibility checks in ${colorScheme} colours`,
    async () => {
      const { page, sandbox, complaints } = await open({ serverOnly: true }, { colorScheme });
      const { guilds } = await sandbox.state();
      const content = `# Title\n-# small\n> quoted\n- one\n\`code\` <@${guilds[0]?.owner}> <t:1750000000:R> https://a.b ||<t:1>||`;
      const select = (custom_id: string, max_values: number) => ({
        type: 1,
        components: [
          { type: 3, custom_id, max_values, options: ['a', 'b'].map((value) => ({ label: value, value })) },
        ],
      });
      const buttons = [1, 2, 3, 4].map((style) => ({
        type: 2,
        style,
        label: `${style}`,
        custom_id: `${style}`,
      }));
      await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, {
        content,
        embeds: [{ title: 'Title', url: 'https://a.b', description: content, footer: { text: 'Footer' } }],
        components: [{ type: 1, components: buttons }, select('one', 1), select('several', 2)],
        allowed_mentions: { users: [guilds[0]?.owner] },
      });
      await newest(page).locator('discord-embed').waitFor();
      await newest(page).locator('summary').click();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
}

for (const colorScheme of ['dark', 'light'] as const) {
  pageTest(
    `what opens over the page passes axe’s accessibility checks in ${colorScheme} colours`,
    async () => {
      const { page, sandbox } = await open(
        { at: '2023-05-01T12:00:00Z' },
        { colorScheme, reducedMotion: 'reduce' },
      );
      await sandbox.command('/countdown event release:Ballerina');
      await page.locator('.events summary').click();
      await page.getByRole('button', { name: 'Next post' }).click();
      await page.getByRole('status').filter({ hasText: 'Nothing is scheduled yet' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'To a date…' }).click();
      await page.getByLabel('Forward to').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await say(page, '/countdown settings');
      await newest(page).getByRole('button', { name: 'Change …' }).click();
      await page.getByRole('dialog', { name: 'Settings for new countdowns' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, {
        content: 'https://discord.com/app',
      });
      await page.getByRole('link', { name: 'https://discord.com/app' }).click();
      await page.getByRole('dialog', { name: 'A link into Discord' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await sandbox.world({ outage: 'The Continental' });
      await page.getByRole('heading', { name: 'The Continental is unavailable' }).waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );

  pageTest(`the drawers of a phone pass axe’s accessibility checks in ${colorScheme} colours`, async () => {
    const { page } = await open({}, { ...PHONE, colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Turn the clock' }).tap();
    await page.getByLabel('Forward to').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Servers and channels' }).tap();
    await page.getByRole('button', { name: 'releases' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Test failures/ }).tap();
    await page.getByRole('button', { name: 'Inject' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
}

pageTest('the page keeps everything within reach at phone width', async () => {
  const { page } = await open({}, PHONE);
  await say(page, '/ballerina cast');
  await page.locator('.container').first().waitFor();
  const wide = await page.evaluate('document.documentElement.scrollWidth');
  expect(wide).toBe(360);
  expect(await violations(page)).toEqual([]);

  const channel = page.getByRole('button', { name: 'releases' });
  expect(await channel.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Servers and channels' }).tap();
  await channel.tap();
  await page.getByRole('heading', { name: 'releases', exact: true }).waitFor();
  await expect.poll(() => channel.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Turn the clock' }).tap();
  for (const name of ['Forward by a day', 'Next post', 'Turn', 'Back to today']) {
    const box = await page.getByRole('button', { name, exact: name === 'Turn' }).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
  }
});

pageTest('the page follows the system’s colours until others are chosen, and keeps the choice', async () => {
  const { page } = await open({}, { colorScheme: 'light' });
  const theme = () => page.evaluate('document.documentElement.dataset.theme');
  expect(await theme()).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(theme).toBe('dark');
  await page.getByRole('button', { name: 'Switch to light colours' }).click();
  await expect.poll(theme).toBe('light');
  await page.reload();
  await whenReady(page);
  expect(await theme()).toBe('light');
});
