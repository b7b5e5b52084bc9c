import { ApplicationCommandType, ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../../src/interactions/command-definitions.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { commands } from '../commands/support.ts';
import { sandboxOfFile } from '../support.ts';

const sandbox = sandboxOfFile();

interface Described {
  name: string;
  description: string;
  description_localizations?: Record<string, string>;
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  max_length?: number;
  choices?: { name: string; value: string }[];
  options?: Described[];
}

const body = commandDefinitions(commands, loadData('data').catalogue) as unknown as Described[];
const walk = (item: Described): Described[] => [item, ...(item.options ?? []).flatMap(walk)];
const slashCommands = body.filter(({ type }) => type === ApplicationCommandType.ChatInput);
const all = slashCommands.flatMap(walk);
const menu = body.filter(({ type }) => type === ApplicationCommandType.Message);
const subcommands = slashCommands.flatMap(({ name, options = [] }) =>
  options.map((sub) => ({ path: `/${name} ${sub.name}`, sub })),
);

/** Common options of every question, and the names that scripts rely on. */
const NAMES: Record<string, string[]> = {
  '/ballerina overview': [],
  '/ballerina release': ['region'],
  '/ballerina cast': ['person', 'spoilers'],
  '/ballerina director': [],
  '/ballerina writers': [],
  '/ballerina producers': [],
  '/ballerina plot': ['spoilers'],
  '/ballerina setting': [],
  '/ballerina keanu': [],
  '/ballerina reddick': [],
  '/ballerina trailer': [],
  '/ballerina streaming': [],
  '/ballerina sequel': [],
  '/wick timeline': ['order', 'spoilers'],
  '/wick film': ['title'],
  '/wick upcoming': [],
};

test('the registered commands are exactly those that have a handler', async () => {
  const { commands: registered } = await sandbox().state();
  const told = registered.map(({ name, options = [] }) => [name, options.map((option) => option.name)]);
  const handled = commands.map(({ name, menuName, isPlain, subcommands: subs }) => [
    menuName ?? name,
    subs.flatMap((sub) => (menuName ? [] : isPlain ? Object.keys(sub.options) : [sub.name])),
  ]);
  expect(new Map(told as [string, string[]][])).toEqual(new Map(handled as [string, string[]][]));
});

test.each(Object.entries(NAMES))('%s keeps its name and its options', (path, options) => {
  const found =
    subcommands.find((subcommand) => subcommand.path === path)?.sub.options?.map(({ name }) => name) ?? [];
  expect(found).toEqual(expect.arrayContaining([...options, 'as_of', 'private']));
});

describe('the command definitions keep to Discord’s limits', () => {
  test('names have at most 32 characters, all in lower case', () => {
    for (const { name } of all) expect(name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
  });

  test('names in the menu of a message have at most 32 characters, and no description', () => {
    for (const { name, ...rest } of menu) {
      expect(name.length, name).toBeLessThanOrEqual(32);
      expect('description' in rest || 'options' in rest, name).toBe(false);
    }
  });

  test('descriptions have at most 100 characters in every language', () => {
    for (const { name, description, description_localizations = {} } of all) {
      for (const text of [description, ...Object.values(description_localizations)]) {
        expect(text.length, name).toBeGreaterThan(0);
        expect(text.length, name).toBeLessThanOrEqual(100);
      }
    }
  });

  test('lists have at most 25 options or choices, and no option name twice', () => {
    for (const { name, options = [], choices = [] } of all) {
      expect(options.length, name).toBeLessThanOrEqual(25);
      expect(choices.length, name).toBeLessThanOrEqual(25);
      expect(new Set(options.map((option) => option.name)).size, name).toBe(options.length);
    }
  });

  test('a whole command has at most 8,000 characters in its longest language', () => {
    for (const command of slashCommands) {
      const sizes = walk(command).map(
        ({ name, description, description_localizations = {}, choices = [] }) => {
          const longest = Math.max(
            description.length,
            ...Object.values(description_localizations).map((text) => text.length),
          );
          return (
            name.length +
            longest +
            choices.reduce((sum, choice) => sum + choice.name.length + choice.value.length, 0)
          );
        },
      );
      expect(
        sizes.reduce((sum, size) => sum + size, 0),
        command.name,
      ).toBeLessThanOrEqual(8000);
    }
  });

  test('required options come first', () => {
    for (const { options = [] } of all.filter(({ type }) => type === Type.Subcommand)) {
      const required = options.map((option) => Boolean(option.required));
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
    }
  });

  test('an option never has both choices and autocomplete', () => {
    for (const { choices, autocomplete } of all)
      expect(Boolean(choices) && Boolean(autocomplete)).toBe(false);
  });

  test('free text has at most 100 characters, except questions and sentences', () => {
    const free = all.filter(({ type, choices }) => type === Type.String && !choices);
    const longest: Record<string, number | undefined> = { question: undefined, sentence: 200 };
    for (const { name, max_length } of free)
      expect(max_length, name).toBe(name in longest ? longest[name] : 100);
  });
});
