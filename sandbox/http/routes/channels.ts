import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError } from '../../rules/errors.ts';
import { optional, trimmedText } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { type ChannelAccess, requireChannel } from '../../world/access.ts';
import { deleteChannel, updateChannel } from '../../world/channels.ts';
import { updateThread } from '../../world/threads.ts';
import { channelView } from '../../world/views.ts';
import type { World } from '../../world/world.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

const changes = z.object({
  name: optional(trimmedText(100)),
  topic: z.string().max(1024).nullish(),
  archived: optional(z.boolean()),
  locked: optional(z.boolean()),
});

/** The fields of a channel that the sandbox reads. */
export const CHANNEL_FIELDS = Object.keys(changes.shape);

/** Returns the channel, or throws Discord's error when the bot cannot manage it: a thread, or any other channel. */
function requireManageable(world: World, id: string): ChannelAccess {
  const access = requireChannel(world, id);
  const { ManageThreads, ManageChannels } = PermissionFlagsBits;
  return requireChannel(world, id, access.channel.thread ? ManageThreads : ManageChannels);
}

/** `/channels/{id}` (documentation: resources/channel). */
export function createChannelRoutes({ world }: Services): Hono<HonoEnv> {
  return new Hono<HonoEnv>()
    .get('/:channel', (context) =>
      context.json(channelView(requireChannel(world, context.req.param('channel')).channel)),
    )
    .patch('/:channel', async (context) => {
      const { channel, guild } = requireManageable(world, context.req.param('channel'));
      if (!guild) throw createDiscordError('onDirectChannel');
      const form = parseForm(changes, (await readRequest(context)).json);
      channel.name = form.name ?? channel.name;
      if (channel.thread) {
        updateThread(world, { guild, channel }, form);
        return context.json(channelView(channel));
      }
      if (form.topic !== undefined) channel.topic = form.topic;
      updateChannel(world, { guild, channel });
      return context.json(channelView(channel));
    })
    .delete('/:channel', (context) => {
      const { channel, guild } = requireManageable(world, context.req.param('channel'));
      if (!guild) throw createDiscordError('onDirectChannel');
      const view = channelView(channel);
      deleteChannel(world, { guild, channel });
      return context.json(view);
    })
    .post('/:channel/typing', (context) => {
      requireChannel(world, context.req.param('channel'), PermissionFlagsBits.SendMessages);
      return context.body(null, 204);
    });
}
