import { DiscordAPIError, type REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { DrawPicture } from '../../countdown/picture.ts';
import type { MessageSender, PostOrder, Search } from '../../delivery/ports.ts';
import { utcDay } from '../../facts/dates.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { toOutcome } from '../rest/errors.ts';
import type { WithLastCheck } from '../rest/last-check.ts';
import { smallestIdAt } from '../snowflake.ts';
import { createPost, drawFile, type Post } from './countdown-message.ts';
import { type FileRefusals, postMessage } from './post-request.ts';

/** A channel is searched in pages of this many messages, from the first attempt on. */
const PAGE_SIZE = 100;
const MAX_PAGES = 20;
/** The largest difference between Discord's clock and ours. */
const MAX_CLOCK_SKEW = Temporal.Duration.from({ minutes: 10 });

/** Discord's error code for a message that does not exist. */
const UNKNOWN_MESSAGE = 10008;

const created = z.object({ id: z.string() });
const searched = z.array(z.object({ id: z.string(), components: z.array(z.unknown()).default([]) }));
const channel = z.object({ last_message_id: z.string().nullable().default(null) });

/** What a sender works with. */
export interface MessageSenderOptions {
  rest: REST;
  withLastCheck: WithLastCheck;
  catalogue: () => Catalogue;
  acquireSlot: () => Promise<void>;
  draw: DrawPicture;
  refusals: FileRefusals;
}

/** A sender that can draw the picture of a post beforehand. */
export interface PreparingSender extends MessageSender {
  /** Draws the picture, so that `send` finds it drawn. Never rejects. */
  prepare(order: PostOrder): Promise<void>;
}

/**
 * Creates a sender that posts with the bot's token: Discord deduplicates by nonce there, not for webhooks. `find` acquires a
 * rate-limit slot for each request; the caller of `send` does so itself.
 */
export function createMessageSender({
  rest,
  withLastCheck,
  catalogue,
  acquireSlot,
  draw,
  refusals,
}: MessageSenderOptions): PreparingSender {
  const postOf = (order: PostOrder) => orderedPost(catalogue(), order);
  return {
    async prepare(order) {
      const picture = order.hasPicture ? postOf(order).picture : undefined;
      if (picture) await draw(picture);
    },
    async send(order, maySend) {
      const { now, hasPicture } = order;
      const { channelId } = order.countdown;
      const { body, picture } = postOf(order);
      const file = hasPicture ? await drawFile(draw, picture) : undefined;
      try {
        const run = (request: () => Promise<unknown>) => withLastCheck(maySend, request);
        const message = await postMessage(
          { rest, refusals, acquireSlot, run },
          { channelId, body, file, now },
        );
        return { kind: 'posted', messageId: created.parse(message).id };
      } catch (error) {
        // Discord knows the nonce, but its message was deleted. Docs: "Message", nonce; discord-api-docs#6647.
        if (error instanceof DiscordAPIError && error.code === UNKNOWN_MESSAGE) {
          return { kind: 'posted', messageId: 'deleted' };
        }
        return toOutcome(error);
      }
    },
    async find({ countdown: { channelId }, nonce }, since) {
      try {
        let after = smallestIdAt(since.subtract(MAX_CLOCK_SKEW));
        for (let page = 0; page < MAX_PAGES; page += 1) {
          const query = new URLSearchParams({ after, limit: String(PAGE_SIZE) });
          await acquireSlot();
          const messages = searched.parse(await rest.get(Routes.channelMessages(channelId), { query }));
          const post = messages.find((message) => JSON.stringify(message.components).includes(nonce));
          if (post) return { kind: 'found', messageId: post.id };
          if (messages.length === 0 && page === 0) return await checkEmpty(channelId, after);
          if (messages.length < PAGE_SIZE) return { kind: 'absent' };
          after = newestId(messages);
        }
        return { kind: 'unsure' };
      } catch (error) {
        return toOutcome(error);
      }
    },
  };

  /**
   * Returns `absent` if the channel's last message is older than `after`, otherwise `unsure`. Without Read Message History Discord
   * returns an empty list, so that alone proves nothing. Docs: "Message", get channel messages.
   */
  async function checkEmpty(channelId: string, after: string): Promise<Search> {
    await acquireSlot();
    const { last_message_id: last } = channel.parse(await rest.get(Routes.channel(channelId)));
    return last === null || BigInt(last) <= BigInt(after) ? { kind: 'absent' } : { kind: 'unsure' };
  }
}

/** Returns the post that was ordered, in the language of its countdown. */
export function orderedPost(
  catalogue: Catalogue,
  { countdown, occurrence, nonce, now, facts }: PostOrder,
): Post {
  const snapshot = facts.asOf(utcDay(now));
  const view = { facts, snapshot, language: catalogue.in(countdown.locale), spoilers: false };
  return createPost(view, countdown, occurrence, nonce, now);
}

/** Returns the newest id: ids grow with time, and longer ones are larger. */
function newestId(messages: readonly { id: string }[]): string {
  const ids = messages.map(({ id }) => id.padStart(20, '0')).sort();
  return BigInt(ids.at(-1) ?? 0).toString();
}
