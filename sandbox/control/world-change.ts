import { z } from 'zod';
import { PRIVILEGED_INTENTS } from '../world/application-flags.ts';

const nameOrId = z.string().min(1);
const positive = z.int().min(1);
/** A century. */
const MAX_SKEW_SECONDS = 100 * 365 * 86_400;
const instant = z.iso.datetime({ offset: true });

/** `for` is a role or a member; the default is the bot. */
const permissionSchema = z.strictObject({
  channel: nameOrId,
  permission: z.string().min(1),
  for: nameOrId.optional(),
  guild: nameOrId.optional(),
});

const threadSchema = z.strictObject({
  guild: nameOrId.optional(),
  channel: nameOrId,
  name: z.string().min(1),
  kind: z.enum(['public', 'announcement', 'private']).default('public'),
  /** Whether the bot is added to it. */
  bot: z.boolean().default(false),
});

const threadChangeSchema = z.strictObject({
  guild: nameOrId.optional(),
  channel: nameOrId,
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  /** Whether the bot is in it. */
  bot: z.boolean().optional(),
});

const roleSchema = z.strictObject({
  guild: nameOrId.optional(),
  name: z.string().min(1),
  mentionable: z.boolean().default(false),
  permissions: z.array(z.string().min(1)).default([]),
});

const roleChangeSchema = z.strictObject({
  guild: nameOrId.optional(),
  role: nameOrId,
  mentionable: z.boolean().optional(),
  permissions: z.array(z.string().min(1)).optional(),
});

/** `member` is by default the bot. */
const memberRolesSchema = z.strictObject({
  guild: nameOrId.optional(),
  member: nameOrId.optional(),
  roles: z.array(nameOrId),
});

const limitsSchema = z.strictObject({
  global: positive.optional(),
  channel: positive.optional(),
  webhook: positive.optional(),
  other: positive.optional(),
  publish: positive.optional(),
  direct: positive.optional(),
  identify: positive.optional(),
});

/** The body of `POST /sandbox/world`: any of these changes. They are made in this order. */
export const worldChangeSchema = z.strictObject({
  guilds: z.int().min(1).max(100_000).optional(),
  channelsEach: z.int().min(1).max(500).default(1),
  addChannel: z
    .strictObject({
      guild: nameOrId.optional(),
      name: z.string().min(1),
      type: z.union([z.int(), z.string().min(1)]).default(0),
    })
    .optional(),
  addThread: threadSchema.optional(),
  changeThread: threadChangeSchema.optional(),
  addRole: roleSchema.optional(),
  addMember: z
    .strictObject({
      guild: nameOrId.optional(),
      name: z.string().min(1),
      roles: z.array(nameOrId).default([]),
    })
    .optional(),
  changeRole: roleChangeSchema.optional(),
  /** All roles that a member has from now on, beside those that Discord manages. */
  memberRoles: memberRolesSchema.optional(),
  deleteChannel: nameOrId.optional(),
  deleteRole: nameOrId.optional(),
  removeBot: nameOrId.optional(),
  addBot: nameOrId.optional(),
  deny: permissionSchema.optional(),
  allow: permissionSchema.optional(),
  /** Until when the bot is timed out in a server; null ends it. */
  timeOut: z.strictObject({ guild: nameOrId.optional(), until: instant.nullable() }).optional(),
  guildLocale: z.strictObject({ guild: nameOrId.optional(), locale: z.string().min(1) }).optional(),
  /** A server whose GUILD_DELETE is sent as for a removal, though the bot stays in it. */
  falseRemoval: nameOrId.optional(),
  outage: nameOrId.optional(),
  endOutage: nameOrId.optional(),
  /** By how many seconds Discord's clock is ahead of the sandbox's; negative if it is behind. */
  clockSkewSeconds: z.int().min(-MAX_SKEW_SECONDS).max(MAX_SKEW_SECONDS).optional(),
  nonceWindowSeconds: z.number().min(0).optional(),
  token: z.string().min(1).nullable().optional(),
  /** A user who no longer accepts direct messages, or accepts them again. */
  closeDirect: nameOrId.optional(),
  openDirect: nameOrId.optional(),
  /** The URLs of the application's pages, as in the developer portal. */
  pages: z
    .strictObject({ privacy: z.url().nullable().default(null), terms: z.url().nullable().default(null) })
    .optional(),
  /** The recommended number of shards, and how many of them may identify at once. */
  shards: positive.nullable().optional(),
  maxConcurrency: positive.optional(),
  /** Whether `Retry-After` of the limit on publishing states the true wait, as the body does. */
  trueRetryAfter: z.boolean().optional(),
  /** The privileged intents that are switched on in the developer portal. */
  privilegedIntents: z.array(z.enum(PRIVILEGED_INTENTS)).optional(),
  /** Whether READY lists no guilds, as in an incident. */
  emptyReady: z.boolean().optional(),
  /** The URLs that receive interactions and webhook events. */
  interactionsEndpoint: z.url().nullable().optional(),
  eventWebhooks: z.url().nullable().optional(),
  limits: z.union([z.enum(['off', 'default']), limitsSchema]).optional(),
});

/** Changes of the world as a script writes them. */
export type WorldChange = z.input<typeof worldChangeSchema>;

/** Parsed changes of the world. */
export type ParsedWorldChange = z.output<typeof worldChangeSchema>;
