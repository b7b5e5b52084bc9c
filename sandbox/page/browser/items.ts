import { api } from './api.ts';
import { OptionType } from './discord.ts';
import { guildOf, now, scene } from './store.ts';
import {
  type Given,
  type Line,
  localized,
  matching,
  missing,
  type Option,
  type Typeable,
} from './suggest.ts';

/** Something that can follow what is typed. */
export interface Item {
  readonly kind: 'command' | 'value' | 'option';
  readonly label: string;
  readonly about: string;
  /** The whole line once it is accepted. */
  readonly text: string;
  /** Nothing more belongs to this command name or value. */
  readonly complete: boolean;
  /** Enter accepts it without an arrow key before. */
  readonly first?: boolean;
  readonly required?: boolean;
  readonly command?: Typeable;
  readonly picked?: { readonly option: string; readonly name: string; readonly value: string };
}

/** What can follow a line. `picked` is what was chosen from a list before, by option. */
export async function itemsFor(
  text: string,
  line: Line,
  known: readonly Typeable[],
  picked: ReadonlyMap<string, string>,
): Promise<Item[]> {
  const { command, query, given } = line;
  if (query === undefined) return [];
  if (!command) return matching(known, query).map((typeable, index) => commandItem(typeable, index === 0));
  const last = given.at(-1);
  if (!last) return optionItems(text, line, text.slice(command.path.length + 2));
  const settled = last.value !== '' && picked.get(last.option.name) === last.value;
  const found = settled ? [] : await valueItems(text, last);
  // Written out in full, a value needs no choosing any more.
  const whole =
    text.endsWith(' ') && found.some(({ label }) => label.toLowerCase() === last.value.toLowerCase());
  const values = whole ? [] : found;
  const word = /\s(\S*)$/.exec(text.slice(last.valueStart - 1))?.[1];
  const options = last.value === '' || word === undefined ? [] : optionItems(text, line, word);
  return [
    ...values,
    ...(values.length > 0 ? options.map((option) => ({ ...option, first: false })) : options),
  ];
}

const commandItem = (command: Typeable, first: boolean): Item => ({
  kind: 'command',
  label: `/${command.path}`,
  about: command.description,
  text: `/${command.path} `,
  complete: true,
  first,
  command,
});

/** The options that are left, in the place of the word that is typed of one. */
function optionItems(text: string, line: Line, word: string): Item[] {
  const before = text.slice(0, text.length - word.length);
  return missing(line, word.toLowerCase()).map((option, index) => ({
    kind: 'option',
    label: option.name,
    about: localized(option, now().locale),
    text: `${before}${option.name}:`,
    complete: false,
    required: option.required ?? false,
    first: index === 0 && (option.required === true || word !== ''),
  }));
}

async function valueItems(text: string, { option, valueStart, value }: Given): Promise<Item[]> {
  const fits = (name: string) => name.toLowerCase().includes(value.toLowerCase().replace(/^[#@]/, ''));
  const choices = await choicesFor(text.slice(0, valueStart), option, value);
  const shown = option.autocomplete ? choices : choices.filter(({ name }) => fits(name));
  return shown.slice(0, 25).map(({ name, value: sent, about = '' }, index) => ({
    kind: 'value',
    label: name,
    about,
    text: `${text.slice(0, valueStart)}${name} `,
    complete: true,
    first: index === 0,
    picked: { option: option.name, name, value: String(sent) },
  }));
}

interface Choice {
  readonly name: string;
  readonly value: string | number;
  readonly about?: string;
}

/** What an option offers: its own choices, the bot's, or the things of the server that it can name. */
async function choicesFor(before: string, option: Option, value: string): Promise<readonly Choice[]> {
  if (option.choices?.length) return option.choices;
  if (option.autocomplete) return fromBot(`${before}${value}`);
  const guild = guildOf(now());
  const named = (things: readonly { id: string; name: string }[] = []): Choice[] =>
    things.map(({ id, name }) => ({ name, value: id }));
  switch (option.type) {
    case OptionType.Boolean:
      return ['True', 'False'].map((name) => ({ name, value: name }));
    case OptionType.Channel:
      return named(guild?.channels.filter(({ type }) => option.channel_types?.includes(type) ?? true)).map(
        (choice) => ({ ...choice, about: '#' }),
      );
    case OptionType.User:
      return named(guild?.members);
    case OptionType.Role:
      return named(guild?.roles.filter(({ id }) => id !== guild.id));
    case OptionType.Mentionable:
      return [...named(guild?.members), ...named(guild?.roles.filter(({ id }) => id !== guild.id))];
    default:
      return [];
  }
}

/** What the bot suggests. No answer is no suggestions, as in Discord. */
async function fromBot(text: string): Promise<readonly Choice[]> {
  try {
    return (await api.autocomplete(text, scene())).choices ?? [];
  } catch {
    return [];
  }
}
