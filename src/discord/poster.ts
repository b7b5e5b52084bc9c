import { DiscordAPIError, HTTPError, RateLimitError, type REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { classify, type Outcome } from '../delivery/outcome.ts';
import { NONCE_WINDOW, type Poster, type Search } from '../delivery/settle.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/world.ts';
import type { Catalogue } from '../text/catalogue.ts';
import { postBody } from './posts.ts';

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

/** Posts with the bot's own token, never by webhook: only there does Discord know a nonce again. */
export function restPoster(rest: REST, facts: Facts, catalogue: Catalogue): Poster {
  return {
    async send({ countdown, occurrence, nonce, now }) {
      const world = facts.asOf(utcDay(now));
      const view = { facts, world, language: catalogue.in(countdown.locale), spoilers: false };
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
        return failed(error);
      }
    },
    async find({ countdown: { channelId }, nonce }, since) {
      try {
        let after = snowflakeAt(since.subtract(CLOCKS_APART));
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const query = new URLSearchParams({ after, limit: String(PAGE) });
          const messages = searched.parse(await rest.get(Routes.channelMessages(channelId), { query }));
          const ours = messages.find((message) => JSON.stringify(message.components).includes(nonce));
          if (ours) return { kind: 'found', messageId: ours.id };
          if (messages.length === 0 && page === 0) return await emptySince(channelId, after);
          if (messages.length < PAGE) return { kind: 'absent' };
          after = newest(messages);
        }
        return { kind: 'unsure' };
      } catch (error) {
        return failed(error);
      }
    },
  };

  /**
   * Without Read Message History Discord answers with an empty list: docs "Message", get channel messages. So an empty list
   * is believed only where the channel's last message is older.
   */
  async function emptySince(channelId: string, after: string): Promise<Search> {
    const { last_message_id: last } = channel.parse(await rest.get(Routes.channel(channelId)));
    return last === null || BigInt(last) <= BigInt(after) ? { kind: 'absent' } : { kind: 'unsure' };
  }
}

/** The smallest id of a message made at an instant: docs "Reference", snowflakes. */
function snowflakeAt(instant: Temporal.Instant): string {
  const DISCORD_EPOCH_MS = 1_420_070_400_000;
  return (BigInt(Math.max(0, instant.epochMilliseconds - DISCORD_EPOCH_MS)) << 22n).toString();
}

/** The newest id of some messages: ids grow with time, and longer ones are larger. */
function newest(messages: readonly { id: string }[]): string {
  const ids = messages.map(({ id }) => id.padStart(20, '0')).sort();
  return BigInt(ids.at(-1) ?? 0).toString();
}

/** What the library throws, as a value. Anything else is a bug and goes on up. */
function failed(error: unknown): Exclude<Outcome, { kind: 'posted' }> {
  return classify(failureOf(error));
}

function failureOf(error: unknown) {
  if (error instanceof DiscordAPIError)
    return { status: error.status, code: error.code, message: error.message };
  if (error instanceof HTTPError) return { status: error.status, message: error.message };
  if (error instanceof RateLimitError) return { status: 429, message: error.message };
  if (error instanceof Error && isNetworkError(error)) return { message: error.message, ...codeOf(error) };
  throw error;
}

function codeOf(error: Error): { code?: string } {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return { code };
  return error.cause instanceof Error ? codeOf(error.cause) : {};
}

/** No answer came: the connection failed, was cut, or took too long. */
function isNetworkError(error: Error): boolean {
  return error.name === 'AbortError' || 'code' in error || error.cause instanceof Error;
}
