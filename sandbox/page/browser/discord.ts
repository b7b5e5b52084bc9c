/** Numbers of Discord's protocol that the page needs at run time; the types come from discord-api-types. */
export const ComponentType = {
  ActionRow: 1,
  Button: 2,
  StringSelect: 3,
  TextInput: 4,
  UserSelect: 5,
  RoleSelect: 6,
  MentionableSelect: 7,
  ChannelSelect: 8,
  Section: 9,
  TextDisplay: 10,
  Thumbnail: 11,
  MediaGallery: 12,
  File: 13,
  Separator: 14,
  Container: 17,
  FileUpload: 19,
  Checkbox: 23,
} as const;

/** The types of command options. */
export const OptionType = {
  Subcommand: 1,
  SubcommandGroup: 2,
  String: 3,
  Integer: 4,
  Boolean: 5,
  User: 6,
  Channel: 7,
  Role: 8,
  Mentionable: 9,
  Number: 10,
} as const;

/** The message flags that the page shows. */
export const Flag = { Ephemeral: 64, Loading: 128, IsComponentsV2: 32768 } as const;

const ADMINISTRATOR = 1n << 3n;

/** Whether permissions, as Discord writes them, contain all of `needed`. */
export function holds(held: string, needed: string): boolean {
  const has = BigInt(held);
  return (has & ADMINISTRATOR) !== 0n || (has & BigInt(needed)) === BigInt(needed);
}

/** What a bot may be denied in a channel, as far as it matters to a post. */
export const PERMISSIONS: readonly [name: string, label: string, bit: bigint][] = [
  ['ViewChannel', 'View Channel', 1n << 10n],
  ['SendMessages', 'Send Messages', 1n << 11n],
  ['EmbedLinks', 'Embed Links', 1n << 14n],
  ['AttachFiles', 'Attach Files', 1n << 15n],
  ['ReadMessageHistory', 'Read Message History', 1n << 16n],
];

/** The languages that Discord's clients speak (documentation: reference, "Locales"). */
export const LOCALES =
  'en-US en-GB bg cs da de el es-ES es-419 fi fr hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW'.split(
    ' ',
  );
