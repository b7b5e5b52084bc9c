import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError } from '../../rules/errors.ts';
import { snowflake } from '../../rules/fields.ts';
import { createFieldError, parseForm } from '../../rules/form.ts';
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
} from '../../world/messages.ts';
import { compareIds } from '../../world/snowflake.ts';
import { reopenThread, THREAD_KINDS } from '../../world/threads.ts';
import type { StoredMessage } from '../../world/types.ts';
import type { HonoEnv } from '../middleware.ts';
import { readBody } from '../request-body.ts';

/** Where text can be sent. */
const TEXT_CHANNELS: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.DM,
  ...Object.values(THREAD_KINDS),
];

const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
});

/** `/channels/{id}/messages` (documentation: resources/message). */
export function createMessageRoutes(services: Services): Hono<HonoEnv> {
  const { world, files } = services;
  const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory, ManageMessages } =
    PermissionFlagsBits;
  const place = ({ channel, guild, permissions }: ChannelAccess): MessageTarget => ({
    channel,
    guild,
    permissions,
    // Without allowed_mentions a bot's message pings everyone it names.
    defaultMentions: { parse: ['users', 'roles', 'everyone'], users: [], roles: [], replied_user: true },
    filesUrl: `http://${services.host()}/attachments`,
  });
  const find = (channelId: string, id: string): StoredMessage => {
    const stored = findMessage(world, channelId, id);
    if (!stored || stored.onlyFor !== null) throw createDiscordError('unknownMessage');
    return stored;
  };

  return new Hono<HonoEnv>()
    .post('/', async (context) => {
      const access = requireChannel(world, context.req.param('channel') ?? '');
      const { channel } = access;
      if (!TEXT_CHANNELS.includes(channel.type)) throw createDiscordError('notText');
      const body = await readBody(context.req.raw);
      const form = parseForm(createMessageFormSchema(), body.json);
      const needed = channel.thread ? SendMessagesInThreads : SendMessages;
      if ((access.permissions & needed) === 0n) throw createDiscordError('missingPermissions');
      reopenThread(world, access.guild, channel, access.permissions);
      const obstacle = channel.recipient && findDirectMessageError(world, channel.recipient.id);
      if (obstacle) throw createDiscordError(obstacle);
      form.flags &= ~MessageFlags.Ephemeral;
      const before =
        form.enforce_nonce && form.nonce !== undefined ? findNonceUse(world, form.nonce) : undefined;
      // Only the answer to the one who created a message carries its nonce: it is not read back later.
      const echo = form.nonce === undefined ? {} : { nonce: form.nonce };
      if (before) return context.json({ ...find(before.channel, before.message).message, ...echo });

      const replied =
        form.message_reference && findMessage(world, channel.id, form.message_reference.message_id);
      if (form.message_reference && !replied && form.message_reference.fail_if_not_exists !== false) {
        throw createFieldError(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
      }
      const extra = replied && {
        type: MessageType.Reply as const,
        message_reference: { channel_id: channel.id, message_id: replied.message.id },
        referenced_message: replied.message,
      };
      const origin = {
        channel,
        request: body.json,
        onlyFor: null,
        nonce: form.nonce,
        ...(extra ? { extra } : {}),
      };
      const composed = buildMessage(world, files, place(access), form, body.uploads);
      return context.json({ ...createMessage(world, origin, composed).message, ...echo });
    })
    .get('/', (context) => {
      const { channel, permissions } = requireChannel(world, context.req.param('channel') ?? '', ViewChannel);
      const query = parseForm(listQuery, context.req.query());
      if ((permissions & ReadMessageHistory) === 0n) return context.json([]);
      const all = [...(world.messages.get(channel.id)?.values() ?? [])].filter((one) => one.onlyFor === null);
      return context.json(select(all, query).map((one) => one.message));
    })
    .get('/:message', (context) => {
      const { channel } = requireChannel(world, context.req.param('channel') ?? '', ReadMessageHistory);
      return context.json(find(channel.id, context.req.param('message')).message);
    })
    .patch('/:message', async (context) => {
      const access = requireChannel(world, context.req.param('channel') ?? '');
      const stored = find(access.channel.id, context.req.param('message'));
      if (stored.message.author.id !== world.bot.id) throw createDiscordError('notAuthor');
      const body = await readBody(context.req.raw);
      const form = parseForm(createMessageFormSchema(stored.message.flags ?? 0), body.json);
      const composed = buildMessage(
        world,
        files,
        place(access),
        form,
        body.uploads,
        stored.message as MessageContent,
      );
      return context.json(editMessage(world, stored, composed, body.json).message);
    })
    .delete('/:message', (context) => {
      const { channel, permissions } = requireChannel(world, context.req.param('channel') ?? '');
      const stored = find(channel.id, context.req.param('message'));
      if (stored.message.author.id !== world.bot.id && (permissions & ManageMessages) === 0n) {
        throw createDiscordError('missingPermissions');
      }
      deleteMessage(world, stored);
      return context.body(null, 204);
    })
    .post('/:message/crosspost', (context) => {
      const { channel } = requireChannel(world, context.req.param('channel') ?? '', SendMessages);
      if (channel.type !== ChannelType.GuildAnnouncement) throw createDiscordError('wrongChannelType');
      const stored = find(channel.id, context.req.param('message'));
      const flags = stored.message.flags ?? 0;
      if (flags & MessageFlags.Crossposted) throw createDiscordError('alreadyCrossposted');
      const composed = { ...(stored.message as MessageContent), flags: flags | MessageFlags.Crossposted };
      return context.json(editMessage(world, stored, composed, stored.request).message);
    });
}

/** A page of messages, newest first (documentation: resources/message, "Get Channel Messages"). */
function select(all: StoredMessage[], query: z.output<typeof listQuery>): StoredMessage[] {
  const { limit, before, after, around } = query;
  const ids = (test: (id: string) => boolean) => all.filter((one) => test(one.message.id));
  if (after)
    return ids((id) => compareIds(id, after) > 0)
      .slice(0, limit)
      .reverse();
  if (around) {
    const half = Math.floor(limit / 2);
    const older = ids((id) => compareIds(id, around) < 0).slice(half === 0 ? all.length : -half);
    return [...older, ...ids((id) => compareIds(id, around) >= 0).slice(0, limit - half)].reverse();
  }
  return ids((id) => !before || compareIds(id, before) < 0)
    .slice(-limit)
    .reverse();
}
