import { PermissionFlagsBits } from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import { createDiscordError } from '../../rules/errors.ts';
import type { Services } from '../../services.ts';
import { requireChannel } from '../../world/access.ts';
import { findMessage } from '../../world/messages.ts';
import { pinMessage, unpinMessage } from '../../world/pins.ts';
import type { StoredMessage } from '../../world/types.ts';
import type { HonoEnv } from '../middleware.ts';

/** `/channels/{id}/messages/pins/{id}` (documentation: resources/message, "Pin Message"). */
export function createPinRoutes({ world }: Pick<Services, 'world'>): Hono<HonoEnv> {
  /** In direct messages no permission is needed. */
  function openMessage(context: Context): StoredMessage {
    const { channel, permissions } = requireChannel(world, context.req.param('channel') ?? '');
    if (!channel.recipient && (permissions & PermissionFlagsBits.PinMessages) === 0n)
      throw createDiscordError('missingPermissions');
    const stored = findMessage(world, channel.id, context.req.param('message') ?? '');
    if (!stored || stored.onlyFor !== null) throw createDiscordError('unknownMessage');
    return stored;
  }

  return new Hono<HonoEnv>()
    .put('/:message', (context) => {
      if (!pinMessage(world, openMessage(context))) throw createDiscordError('tooManyPins');
      return context.body(null, 204);
    })
    .delete('/:message', (context) => {
      unpinMessage(world, openMessage(context));
      return context.body(null, 204);
    });
}
