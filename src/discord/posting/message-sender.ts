import { DiscordAPIError, type REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { NONCE_WINDOW } from '../../delivery/deliver-post.ts';
import type { MessageSender, Search } from '../../delivery/ports.ts';
import { utcDay } from '../../facts/dates.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { toOutcome } from '../rest/errors.ts';
import { smallestIdAt } from '../snowflake.ts';
import { postBody } from './countdown-message.ts';

/** A channel is searched in pages, up to a number of them, from the first attempt on. */
const PAGE = 100;
const MOST_PAGES = 20;
/** Discord's clock and ours may differ by this much. */
const CLOCKS_APART = Temporal.Duration.from({ minutes: 10 });

/** Discord's code for a message that is not there. */
const UNKNOWN_MESSAGE = 10008;

const created = z.object({ id: z.string() });
const searched = z.array(z.object({ id: z.string(), components: z.array(z.unknown()).default([]) }));
const channel = z.object({ last_message_id: z.string().nullable().default(null) });

/**
 * Posts with the bot's own token, never by webhook: only there does Discord know a nonce again. A search takes several
 * requests, so that it keeps the pace itself.
 */
export function createMessageSender(
  rest: REST,
  catalogue: () => Catalogue,
  pace: () => Promise<void>,
): MessageSender {
  return {
    async send({ countdown, occurrence, nonce, now, facts }) {
      const snapshot = facts.asOf(utcDay(now));
      const view = { facts, snapshot, language: catalogue().in(countdown.locale), spoilers: false };
      const body = postBody(view, countdown, occurrence, nonce, now);
      try {
        // The client may wait out limits, but never so long that Discord has forgotten the nonce.
        const signal = AbortSignal.timeout(NONCE_WINDOW.total('milliseconds'));
        const message = await rest.post(Routes.channelMessages(countdown.channelId), { body, signal });
        return { kind: 'posted', messageId: created.parse(message).id };
      } catch (error) {
        // The nonce is known, and its message was deleted since: docs "Message", nonce; discord-api-docs#6647.
        if (error instanceof DiscordAPIError && error.code === UNKNOWN_MESSAGE) {
          return { kind: 'posted', messageId: 'deleted' };
        }
        return toOutcome(error);
      }
    },
    async find({ countdown: { channelId }, nonce }, since) {
      try {
        let after = smallestIdAt(since.subtract(CLOCKS_APART));
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const query = new URLSearchParams({ after, limit: String(PAGE) });
          await pace();
          const messages = searched.parse(await rest.get(Routes.channelMessages(channelId), { query }));
          const ours = messages.find((message) => JSON.stringify(message.components).includes(nonce));
          if (ours) return { kind: 'found', messageId: ours.id };
          if (messages.length === 0 && page === 0) return await emptySince(channelId, after);
          if (messages.length < PAGE) return { kind: 'absent' };
          after = newest(messages);
        }
        return { kind: 'unsure' };
      } catch (error) {
        return toOutcome(error);
      }
    },
  };

  /**
   * Without Read Message History Discord answers with an empty list: docs "Message", get channel messages. So an empty list
   * is believed only where the channel's last message is older.
   */
  async function emptySince(channelId: string, after: string): Promise<Search> {
    await pace();
    const { last_message_id: last } = channel.parse(await rest.get(Routes.channel(channelId)));
    return last === null || BigInt(last) <= BigInt(after) ? { kind: 'absent' } : { kind: 'unsure' };
  }
}

/** The newest id of some messages: ids grow with time, and longer ones are larger. */
function newest(messages: readonly { id: string }[]): string {
  const ids = messages.map(({ id }) => id.padStart(20, '0')).sort();
  return BigInt(ids.at(-1) ?? 0).toString();
}
