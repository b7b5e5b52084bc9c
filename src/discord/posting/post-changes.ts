import { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { CardFile } from '../../answers/card.ts';
import type { MessageRef, PostChanges } from '../../delivery/ports.ts';
import { toOutcome } from '../rest/errors.ts';
import { encodeRequest, messageRequest } from '../rest/multipart.ts';
import { drawFile } from './countdown-message.ts';
import { type MessageSenderOptions, orderedPost } from './message-sender.ts';
import { withoutRefusedFile } from './post-request.ts';

/** A request that waits longer, as for the limit of a channel, is given up and sent again later. */
const TIMEOUT_MS = 10_000;
const edited = z.object({ id: z.string() });

const isGone = (error: unknown) =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;

/** Creates the changes to the bot's own posts. To pin needs Pin Messages, the others nothing. Docs: "Message". */
export function createPostChanges({
  rest,
  withLastCheck,
  catalogue,
  acquireSlot,
  draw,
  refusals,
}: MessageSenderOptions): PostChanges {
  const run = async (request: (signal: AbortSignal) => Promise<unknown>) => {
    try {
      await request(AbortSignal.timeout(TIMEOUT_MS));
      return { kind: 'done' } as const;
    } catch (error) {
      return isGone(error) ? ({ kind: 'done' } as const) : toOutcome(error);
    }
  };
  const pinRoute = ({ channelId, messageId }: MessageRef) => Routes.channelMessagesPin(channelId, messageId);
  return {
    async edit(order, { channelId, messageId }, maySend) {
      const { body, picture } = orderedPost(catalogue(), order);
      const { nonce: _, enforce_nonce: __, ...content } = body;
      const file = order.hasPicture ? await drawFile(draw, picture) : undefined;
      const patch = (files: readonly CardFile[]) => {
        // An empty list takes the former picture away. An edit pings nobody.
        const message = { ...content, attachments: [], allowed_mentions: { parse: [] }, files };
        const request = encodeRequest(messageRequest(message));
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        return withLastCheck(maySend, () =>
          rest.patch(Routes.channelMessage(channelId, messageId), { ...request, signal }),
        );
      };
      try {
        const options = { refusals, acquireSlot, channelId, file, now: order.now };
        edited.parse(await withoutRefusedFile(options, patch));
        return { kind: 'edited' };
      } catch (error) {
        return isGone(error) ? { kind: 'gone' } : toOutcome(error);
      }
    },
    remove: ({ channelId, messageId }) =>
      run((signal) => rest.delete(Routes.channelMessage(channelId, messageId), { signal })),
    pin: (message) => run((signal) => rest.put(pinRoute(message), { signal })),
    unpin: (message) => run((signal) => rest.delete(pinRoute(message), { signal })),
  };
}
