import { DiscordAPIError, HTTPError, RateLimitError, type REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Poster } from '../delivery/deliver.ts';
import { classify, type Outcome } from '../delivery/outcome.ts';
import { utcDay } from '../facts/dates.ts';
import type { Facts } from '../facts/world.ts';
import type { Catalogue } from '../text/catalogue.ts';
import { postBody } from './posts.ts';

/** So many of a channel's latest messages are searched for a post that an earlier attempt may have made. */
const SEARCHED = 100;

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
        const message = await rest.post(Routes.channelMessages(countdown.channelId), { body });
        return { kind: 'posted', messageId: created.parse(message).id };
      } catch (error) {
        return failed(error);
      }
    },
    async find({ countdown: { channelId }, nonce }) {
      try {
        const query = new URLSearchParams({ limit: String(SEARCHED) });
        const messages = searched.parse(await rest.get(Routes.channelMessages(channelId), { query }));
        const ours = messages.find((message) => JSON.stringify(message.components).includes(nonce));
        if (ours) return { kind: 'found', messageId: ours.id };
        if (messages.length > 0) return { kind: 'absent' };
        // Without Read Message History Discord answers with an empty list: docs "Message", get channel messages.
        // Only a channel that never had a message is known to be empty.
        const { last_message_id: last } = channel.parse(await rest.get(Routes.channel(channelId)));
        return last === null ? { kind: 'absent' } : { kind: 'unsure' };
      } catch (error) {
        return failed(error);
      }
    },
  };
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
  if (error instanceof Error && isNetworkError(error)) return { message: error.message };
  throw error;
}

/** No answer came: the connection failed, was cut, or took too long. */
function isNetworkError(error: Error): boolean {
  return error.name === 'AbortError' || 'code' in error || error.cause instanceof Error;
}
