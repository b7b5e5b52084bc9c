import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { createDiscordError } from '../../rules/errors.ts';
import { optional, trimmedText } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { requireChannel } from '../../world/access.ts';
import { deleteChannel, updateChannel } from '../../world/channels.ts';
import { channelView } from '../../world/views.ts';
import type { HonoEnv } from '../middleware.ts';
import { readBody } from '../request-body.ts';

const changes = z.object({ name: optional(trimmedText(100)), topic: z.string().max(1024).nullish() });

/** `/channels/{id}` (documentation: resources/channel). */
export function createChannelRoutes({ world }: Services): Hono<HonoEnv> {
  return new Hono<HonoEnv>()
    .get('/:channel', (context) =>
      context.json(channelView(requireChannel(world, context.req.param('channel')).channel)),
    )
    .patch('/:channel', async (context) => {
      const { ManageChannels } = PermissionFlagsBits;
      const { channel, guild } = requireChannel(world, context.req.param('channel'), ManageChannels);
      if (!guild) throw createDiscordError('onDirectChannel');
      const form = parseForm(changes, (await readBody(context.req.raw)).json);
      channel.name = form.name ?? channel.name;
      if (form.topic !== undefined) channel.topic = form.topic;
      updateChannel(world, { guild, channel });
      return context.json(channelView(channel));
    })
    .delete('/:channel', (context) => {
      const { channel, guild } = requireChannel(
        world,
        context.req.param('channel'),
        PermissionFlagsBits.ManageChannels,
      );
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
