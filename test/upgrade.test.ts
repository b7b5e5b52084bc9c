import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { APIMessageComponent } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { botAt, posts, said, temporaryFolder } from './commands/countdown/support.ts';
import world from './fixtures/version-0.1.0/world.json' with { type: 'json' };

/**
 * What version 0.1.0 left behind on June 14, 2025: four countdowns of a server (one finished, one silenced, one for an
 * anniversary, one paused), a scheduled event, and a member's reminder. `world.json` holds the ids of the world it ran in,
 * and the buttons that it posted.
 */
const DATABASE = join(import.meta.dirname, 'fixtures', 'version-0.1.0', 'concierge.sqlite');
const LEFT_AT = '2025-06-14T00:00:00Z';

/** A sandbox with the bot of today on the database of version 0.1.0. */
async function upgradedBot(): Promise<Sandbox> {
  const state = temporaryFolder();
  const discord = await botAt(LEFT_AT, { state, serverOnly: true });
  const replacements = await idReplacements(discord);
  await discord.stop();
  const path = join(state, 'concierge.sqlite');
  copyFileSync(DATABASE, path);
  replaceIds(path, replacements);
  return botAt(LEFT_AT, { state });
}

/** The ids of the world in which the database was made, each with the id of the same thing in this sandbox. */
async function idReplacements(discord: Sandbox): Promise<[string, string][]> {
  const { bot, guilds } = await discord.state();
  const guild = guilds[0];
  if (!guild) throw new Error('the sandbox has no server');
  const { ids } = world;
  const idOf = (list: readonly { id: string; name: string }[], name: string) =>
    list.find((item) => item.name === name)?.id ?? '';
  return [
    [ids.bot, bot.id],
    [ids.guild, guild.id],
    ...Object.entries(ids.channels).map(([name, id]): [string, string] => [id, idOf(guild.channels, name)]),
    ...Object.entries(ids.members).map(([name, id]): [string, string] => [id, idOf(guild.members, name)]),
  ];
}

function replaceIds(path: string, replacements: readonly [string, string][]): void {
  const db = new DatabaseSync(path);
  for (const [before, after] of replacements) {
    db.prepare('UPDATE documents SET key = replace(key, ?, ?), value = replace(value, ?, ?)').run(
      before,
      after,
      before,
      after,
    );
    db.prepare('UPDATE due SET guild = replace(guild, ?, ?)').run(before, after);
  }
  db.close();
}

/** Posts a message with those components as the bot; answers its id. */
async function postAsBot(sandbox: Sandbox, components: readonly unknown[]): Promise<string> {
  const { guilds } = await sandbox.state();
  const channel = guilds[0]?.channels.find(({ name }) => name === 'general');
  const response = await fetch(`${sandbox.apiUrl}/v10/channels/${channel?.id}/messages`, {
    method: 'POST',
    headers: { authorization: 'Bot a-token', 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'from before', components }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { id: string }).id;
}

/** The custom ids of all buttons, in rows or anywhere within other components. */
const customIds = (components: readonly unknown[]): string[] =>
  (components as APIMessageComponent[]).flatMap((component) => [
    ...('custom_id' in component ? [component.custom_id] : []),
    ...('components' in component ? customIds(component.components) : []),
  ]);

test('a database of version 0.1.0 keeps its countdowns and reminders', async () => {
  const sandbox = await upgradedBot();
  const list = await said(sandbox, '/countdown list');
  for (const name of ['Ballerina', 'Watch party', 'Chapter 2', 'Paused party']) expect(list).toContain(name);
  expect(await said(sandbox, '/countdown status countdown:Paused party')).toMatch(/paused/i);
  expect(await said(sandbox, '/remind list', { user: 'john' })).toContain('Ballerina');
});

test('a bot on a database of version 0.1.0 makes each due post once and repeats none', async () => {
  const sandbox = await upgradedBot();
  await sandbox.turn('2026-02-11T00:00:00Z');
  expect(await posts(sandbox, 'releases')).toEqual([]);
  expect(await posts(sandbox, 'general')).toEqual([
    expect.stringMatching(/^2025-06-14T00:00Z .*6 days.*June 20, 2025/s),
    expect.stringMatching(/^2025-06-20T07:00Z .*Watch party/s),
  ]);
  expect(await sandbox.directs('john')).toEqual([]);
  expect(await posts(sandbox, 'announcements')).toEqual([
    expect.stringMatching(/^2026-01-11T09:00Z .*30 days.*February 10, 2026/s),
    expect.stringMatching(/^2026-02-03T09:00Z .*7 days.*February 10, 2026/s),
    expect.stringMatching(/^2026-02-09T09:00Z .*1 day.*February 10, 2026/s),
    expect.stringMatching(/^2026-02-10T09:00Z .*9 years/s),
  ]);
});

test.each(world.buttons)(
  'buttons that version 0.1.0 posted under $text still answer',
  async ({ components }) => {
    const sandbox = await upgradedBot();
    const message = await postAsBot(sandbox, components);
    for (const customId of customIds(components)) {
      const answer = await sandbox.click({ message, customId });
      expect(answer.error, customId).toBeUndefined();
      expect(answer.reply ?? answer.modal, customId).toBeDefined();
      expect(answer.reply?.content ?? '', customId).not.toMatch(/went wrong|no such/i);
    }
  },
);
