import { globSync, readFileSync } from 'node:fs';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { inviteLink } from '../../src/discord/invite-link.ts';
import {
  BOT_PERMISSIONS,
  canAttachFiles,
  canCreateEvents,
  canReadHistory,
  canSeeChannel,
  missingPostPermissions,
  POSTABLE_CHANNEL_TYPES,
} from '../../src/discord/permissions.ts';

type Name = keyof typeof PermissionFlagsBits;

/** Permissions that the code knows without using them as the bot's own. */
const NOT_INVITED: Record<string, string> = {
  Administrator: 'has all others',
  ManageGuild: 'asked of members',
  ManageThreads: 'for locked threads alone; the admin is told',
  MentionEveryone: 'for roles that nobody may mention alone; the admin is told',
  EmbedLinks: 'not used; falls away with Send Messages',
  SendTTSMessages: 'not used; falls away with Send Messages',
};

const bitsOf = (names: readonly Name[]) => names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);

/** What the bot could not do with these permissions. */
function lacking(permissions: bigint): string[] {
  // The bot does not look first whether it may pin a live message: Discord refuses, and the message stays unpinned.
  const canPin = (held: bigint) => (held & PermissionFlagsBits.PinMessages) !== 0n;
  const checks = { canAttachFiles, canCreateEvents, canReadHistory, canSeeChannel, canPin };
  return [
    ...Object.entries(checks).flatMap(([name, can]) => (can(permissions) ? [] : [name])),
    ...POSTABLE_CHANNEL_TYPES.flatMap((type) => missingPostPermissions(permissions, type)),
  ];
}

test('the permissions of the invite link are enough for everything, and each of them is needed', () => {
  expect(lacking(bitsOf(BOT_PERMISSIONS))).toEqual([]);
  for (const name of BOT_PERMISSIONS)
    expect([name, lacking(bitsOf(BOT_PERMISSIONS.filter((other) => other !== name)))]).not.toEqual([
      name,
      [],
    ]);
});

test('every permission that the code names is in the invite link, or there is a reason why not', () => {
  const code = globSync('{src,commands}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const source = code.filter((text) => text.includes('PermissionFlagsBits')).join('\n');
  const names = Object.keys(PermissionFlagsBits).filter((name) => new RegExp(`\\b${name}\\b`).test(source));
  expect(names.toSorted()).toEqual([...BOT_PERMISSIONS, ...Object.keys(NOT_INVITED)].toSorted());
});

test('the invite link asks for these permissions and no others', () => {
  const { origin, pathname, searchParams } = new URL(inviteLink('123456789012345678'));
  expect(origin + pathname).toBe('https://discord.com/oauth2/authorize');
  expect(BigInt(searchParams.get('permissions') ?? '')).toBe(bitsOf(BOT_PERMISSIONS));
  expect(searchParams.get('client_id')).toBe('123456789012345678');
  expect(searchParams.get('scope')).toBe('bot applications.commands');
});

test('the README lists the permissions of the invite link', () => {
  const names = BOT_PERMISSIONS.map((name) =>
    name.replace(/In(?=T)/, ' in ').replace(/([a-z])([A-Z])/g, '$1 $2'),
  );
  const [, line = ''] =
    /^\d\. Grant these permissions: (.*)\.$/m.exec(readFileSync('README.md', 'utf8')) ?? [];
  const shown = names.map((name) => (name === 'View Channel' ? 'View Channels' : name));
  expect(line.split(', ').toSorted()).toEqual(shown.toSorted());
});

test('the bot requests the intent for servers alone, which is not privileged', () => {
  const gateway = readFileSync('src/discord/gateway.ts', 'utf8');
  expect(gateway.match(/GatewayIntentBits\.\w+/g)).toEqual(['GatewayIntentBits.Guilds']);
});
