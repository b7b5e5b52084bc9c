import { ChannelType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError, createWriteLimitError } from '../../rules/errors.ts';
import { snowflake } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import { createMessageFormSchema } from '../../rules/message.ts';
import type { Services } from '../../services.ts';
import { type ChannelAccess, requireChannel } from '../../world/access.ts';
import { buildMessage, type MessageContent, type MessageTarget } from '../../world/build-message.ts';
import { findDirectMessageError } from '../../world/direct-messages.ts';
import {
  createMessage,
  deleteMessage,
  editMessage,
  findMessage,
  findNonceUse,
  type MessageOrigin,
} from '../../world/messages.ts';
import { compareIds } from '../../world/snowflake.ts';
import { reopenThread, THREAD_KINDS } from '../../world/threads.ts';
import type { StoredMessage } from '../../world/types.ts';
import type { World } from '../../world/world.ts';
import { createForward, createReplyFields } from '../message-reference.ts';
import type { HonoEnv } from '../middleware.ts';
import { type RequestBody, readRequest } from '../request-body.ts';

type MessageServices = Pick<Services, 'world' | 'files' | 'host' | 'actionLimits'>;

/** The types of channels that messages can be sent to. */
const TEXT_CHANNELS: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.DM,
  ...Object.values(THREAD_KINDS),
];

const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
});

const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory, ManageMessages } =
  PermissionFlagsBits;

/** `/channels/{id}/messages` (documentation: resources/message). */
export function createMessageRoutes(services: MessageServices): Hono<HonoEnv> {
  const { world } = services;
  const openChannel = (context: Context, needed?: bigint) =>
    requireChannel(world, context.req.param('channel') ?? '', needed);

  return new Hono<HonoEnv>()
    .post('/', async (context) => {
      const access = openChannel(context);
      if (!TEXT_CHANNELS.includes(access.channel.type)) throw createDiscordError('notText');
      return context.json(postMessage(services, access, await readRequest(context)));
    })
    .get('/', (context) => {
      const { channel, permissions } = openChannel(context, ViewChannel);
      const query = parseForm(listQuerySchema, context.req.query());
      if ((permissions & ReadMessageHistory) === 0n) return context.json([]);
      const all = [...(world.messages.get(channel.id)?.values() ?? [])];
      const visible = all.filter(({ onlyFor }) => onlyFor === null);
      return context.json(selectPage(visible, query).map(({ message }) => message));
    })
    .get('/:message', (context) => {
      const { channel } = openChannel(context, ReadMessageHistory);
      return context.json(requireMessage(world, channel.id, context.req.param('message')).message);
    })
    .patch('/:message', async (context) => {
      const access = openChannel(context);
      const stored = requireMessage(world, access.channel.id, context.req.param('message'));
      if (stored.message.author.id !== world.bot.id) throw createDiscordError('notAuthor');
      const { json, uploads } = await readRequest(context);
      const form = parseForm(createMessageFormSchema(stored.message.flags ?? 0), json);
      // An edit of a published message counts as well (discord-api-docs, issue 6109).
      if ((stored.message.flags ?? 0) & MessageFlags.Crossposted) acquirePublication(services, stored);
      const before = stored.message as MessageContent;
      const target = createMessageTarget(services, access);
      const content = buildMessage(services, target, { form, uploads, before });
      return context.json(editMessage(world, stored, { content, request: json }).message);
    })
    .delete('/:message', (context) => {
      const { channel, permissions } = openChannel(context);
      const stored = requireMessage(world, channel.id, context.req.param('message'));
      if (stored.message.author.id !== world.bot.id && (permissions & ManageMessages) === 0n) {
        throw createDiscordError('missingPermissions');
      }
      deleteMessage(world, stored);
      return context.body(null, 204);
    })
    .post('/:message/crosspost', (context) => {
      const { channel } = openChannel(context, SendMessages);
      if (channel.type !== ChannelType.GuildAnnouncement) throw createDiscordError('wrongChannelType');
      const stored = requireMessage(world, channel.id, context.req.param('message'));
      return context.json(crosspostMessage(services, stored).message);
    });
}

/** Creates a message, or returns the one that was created with the same nonce. */
function postMessage(services: MessageServices, access: ChannelAccess, body: RequestBody): object {
  const { world } = services;
  const { channel } = access;
  const form = parseForm(createMessageFormSchema(), body.json);
  checkCanSend(world, access);
  form.flags &= ~MessageFlags.Ephemeral;

  // Only the response to the request that created a message has the nonce.
  const nonce = form.nonce === undefined ? {} : { nonce: form.nonce };
  const earlier =
    form.enforce_nonce && form.nonce !== undefined ? findNonceUse(world, form.nonce) : undefined;
  if (earlier) return { ...requireMessage(world, earlier.channel, earlier.message).message, ...nonce };

  const origin: MessageOrigin = { channel, request: body.json, onlyFor: null, ...nonce };
  const forward = createForward(world, form, body.uploads.length);
  if (forward) {
    const { extra } = forward;
    return { ...createMessage(world, { ...origin, extra }, forward.content).message, ...nonce };
  }
  const reply = createReplyFields(world, access, form);
  const target = createMessageTarget(services, access);
  const content = buildMessage(services, target, { form, uploads: body.uploads });
  return { ...createMessage(world, { ...origin, ...reply }, content).message, ...nonce };
}

/** Throws Discord's error when the bot cannot send messages to the channel. Reopens an archived thread. */
function checkCanSend(world: World, access: ChannelAccess): void {
  const { channel, permissions } = access;
  const needed = channel.thread ? SendMessagesInThreads : SendMessages;
  if ((permissions & needed) === 0n) throw createDiscordError('missingPermissions');
  reopenThread(world, access);
  const error = channel.recipient && findDirectMessageError(world, channel.recipient.id);
  if (error) throw createDiscordError(error);
}

/** Publishes a message of an announcement channel. */
function crosspostMessage(services: MessageServices, stored: StoredMessage): StoredMessage {
  const flags = stored.message.flags ?? 0;
  if (flags & MessageFlags.Crossposted) throw createDiscordError('alreadyCrossposted');
  acquirePublication(services, stored);
  const content = { ...(stored.message as MessageContent), flags: flags | MessageFlags.Crossposted };
  return editMessage(services.world, stored, { content, request: stored.request });
}

/** Counts that a message is sent to the channel's followers. Throws Discord's error beyond the limit. */
function acquirePublication({ world, actionLimits }: MessageServices, { message }: StoredMessage): void {
  const seconds = actionLimits.acquire('publish', message.channel_id);
  if (seconds !== undefined) throw createWriteLimitError(seconds, world.settings.trueRetryAfter);
}

/** Without `allowed_mentions` a message of a bot pings everyone it mentions. */
function createMessageTarget(services: MessageServices, access: ChannelAccess): MessageTarget {
  return {
    ...access,
    defaultMentions: { parse: ['users', 'roles', 'everyone'], users: [], roles: [], replied_user: true },
    filesUrl: `http://${services.host()}/attachments`,
  };
}

/** Returns the message, or throws Discord's error for one that does not exist or is ephemeral. */
function requireMessage(world: World, channelId: string, id: string): StoredMessage {
  const stored = findMessage(world, channelId, id);
  if (!stored || stored.onlyFor !== null) throw createDiscordError('unknownMessage');
  return stored;
}

/** Returns a page of messages, newest first (documentation: resources/message, "Get Channel Messages"). */
function selectPage(messages: StoredMessage[], query: z.output<typeof listQuerySchema>): StoredMessage[] {
  const { limit, before, after, around } = query;
  const filterById = (test: (id: string) => boolean) => messages.filter(({ message }) => test(message.id));
  if (after)
    return filterById((id) => compareIds(id, after) > 0)
      .slice(0, limit)
      .reverse();
  if (around) {
    const half = Math.floor(limit / 2);
    const older = filterById((id) => compareIds(id, around) < 0).slice(half === 0 ? messages.length : -half);
    const newer = filterById((id) => compareIds(id, around) >= 0).slice(0, limit - half);
    return [...older, ...newer].reverse();
  }
  return filterById((id) => !before || compareIds(id, before) < 0)
    .slice(-limit)
    .reverse();
}
