import {
  type APIInteraction,
  type APIInteractionResponse,
  ApplicationCommandOptionType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../../src/interactions/command.ts';
import { handleInteraction } from '../../src/interactions/handle-interaction.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { createSqliteStore } from '../../src/store/sqlite/store.ts';
import { commands, createInteractionOptions } from '../commands/support.ts';

/** What a reader would be told if a command broke. */
const BUG = 'reference-of-a-bug';
const GUILD = '200000000000000001';
const NOW = Temporal.Instant.from('2025-05-01T12:00:00Z');
const sqlite = openSqlite(':memory:');
const store = createSqliteStore(sqlite, { postsPerSecond: 40 });
const parts = createInteractionOptions(store, NOW, BUG);

/** What Discord would never send, beside what people may type. */
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom(
    '@everyone',
    '<@&200000000000000001>',
    '<@123456789012345678>',
    '||x||',
    '```',
    '[a](https://example.org)',
    '\u202eabc',
    'ballerina/release/theatrical/us',
    'anniversary:',
    '__proto__',
    'constructor',
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    'null',
    '2024-02-30',
    '0000-00-00',
    '9999-12-31',
    '25:00',
    '30,7,1,0,'.repeat(40),
    'America/New_York',
    '\ud800',
  ),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.object({ maxDepth: 1 }),
);

const subcommands = commands.flatMap((command) => command.subcommands.map((sub) => ({ command, sub })));
const asked = fc.constantFrom(...subcommands).chain(({ command, sub }) => {
  const names = [...Object.keys(sub.options), 'unheard_of'];
  return fc
    .dictionary(fc.constantFrom(...names), values)
    .map((options) => ({ command, sub: sub.name, options }));
});

function interaction(type: InteractionType, data: unknown): APIInteraction {
  return {
    id: '300000000000000001',
    application_id: '300000000000000002',
    type,
    token: 't',
    version: 1,
    data,
    guild_id: GUILD,
    guild_locale: 'en-US',
    locale: 'en-US',
    channel: { id: '300000000000000003', type: 0 },
    channel_id: '300000000000000003',
    app_permissions: '0',
    entitlements: [],
    authorizing_integration_owners: { 0: GUILD },
    context: 0,
    member: { permissions: '32', user: { id: '300000000000000004', username: 'winston' }, roles: [] },
    message: { id: '300000000000000005', flags: 0 },
  } as unknown as APIInteraction;
}

function expectHarmless(response: APIInteractionResponse): void {
  // Files stand beside the message, not in it.
  const text = JSON.stringify(response, (key, value) => (key === 'files' ? undefined : value));
  expect(text).not.toContain(BUG);
  expect(text.length).toBeLessThan(12_000);
  if (response.type !== InteractionResponseType.ChannelMessageWithSource) return;
  expect(response.data.allowed_mentions).toEqual({ parse: [] });
  expect((response.data.content ?? '').length).toBeLessThanOrEqual(2_000);
}

/** What an interaction says of a command: with its subcommand, without one, or with the message that it was called on. */
function called(
  { name, isPlain, menuName }: Command,
  sub: string,
  list: readonly { name: string; value: unknown }[],
): object {
  const messages = { '7': { id: '7', content: list[0]?.value } };
  if (menuName) return { id: '1', name: menuName, type: 3, target_id: '7', resolved: { messages } };
  const options = [{ name: sub, type: ApplicationCommandOptionType.Subcommand, options: list }];
  return { id: '1', name, type: 1, options: isPlain ? list : options };
}

const stored = () => sqlite.db.prepare('SELECT count(*) AS n FROM documents').get()?.['n'];

test('a command with any options gets a harmless answer and stores nothing', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async ({ command, sub, options }) => {
      const list = Object.entries(options).map(([name, value]) => ({ name, type: 3, value }));
      const data = called(command, sub, list);
      expectHarmless(await handleInteraction(parts, interaction(InteractionType.ApplicationCommand, data)));
      expect(stored()).toBe(0);
    }),
    { numRuns: 1_500 },
  );
});

test('autocomplete offers at most twenty-five valid choices for any typed text', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async ({ command, sub, options }) => {
      const list = Object.entries(options).map(([name, value], at) => ({
        name,
        type: 3,
        value,
        focused: at === 0,
      }));
      const data = called(command, sub, list);
      const response = await handleInteraction(
        parts,
        interaction(InteractionType.ApplicationCommandAutocomplete, data),
      );
      expectHarmless(response);
      const choices =
        response.type === InteractionResponseType.ApplicationCommandAutocompleteResult
          ? (response.data.choices ?? [])
          : [];
      expect(choices.length).toBeLessThanOrEqual(25);
      for (const { name, value } of choices) {
        expect(name.length).toBeLessThanOrEqual(100);
        expect(String(value).length).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 500 },
  );
});

test('a button with any id gets a harmless answer and stores nothing', async () => {
  const path = fc.constantFrom(...subcommands.map(({ command, sub }) => `${command.name}/${sub.name}`));
  const ours = fc
    .tuple(
      fc.constantFrom('1', '0', '2', ''),
      fc.constantFrom('ask', 'since', 'press', 'add'),
      path,
      fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
    )
    .map(([version, verb, where, rest]) => [version, verb, where, ...rest].join('~'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(ours, fc.string({ unit: 'binary', maxLength: 100 })), async (customId) => {
      const data = { component_type: 2, custom_id: customId };
      expectHarmless(await handleInteraction(parts, interaction(InteractionType.MessageComponent, data)));
      expect(stored()).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});
