import { DiscordAPIError, type REST } from '@discordjs/rest';
import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { encodeRequest, messageRequest } from '../rest/multipart.ts';

/** Discord's error codes that may be for the file alone: without Attach Files, or where the file is too large. */
const FILE_REFUSALS: readonly unknown[] = [
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.RequestEntityTooLarge,
];
/** A channel that refused a file is sent none for this long. */
const REFUSED_FOR = Temporal.Duration.from({ hours: 6 });
/** So many channels are remembered; the oldest are forgotten. */
const MAX_REMEMBERED = 10_000;

/** The channels that refused a file lately. */
export interface FileRefusals {
  has(channelId: string, now: Temporal.Instant): boolean;
  add(channelId: string, now: Temporal.Instant): void;
}

/** Creates an empty list. */
export function createFileRefusals(): FileRefusals {
  const until = new Map<string, Temporal.Instant>();
  return {
    has(channelId, now) {
      const end = until.get(channelId);
      return end !== undefined && Temporal.Instant.compare(now, end) < 0;
    },
    add(channelId, now) {
      until.delete(channelId);
      until.set(channelId, now.add(REFUSED_FOR));
      const [oldest] = until.keys();
      if (until.size > MAX_REMEMBERED && oldest !== undefined) until.delete(oldest);
    },
  };
}

/** A message to a channel, with its picture if it has one. */
export interface PostRequest {
  channelId: string;
  body: object;
  file: CardFile | undefined;
  now: Temporal.Instant;
}

/** What the request is made with. */
export interface PostRequestOptions {
  rest: REST;
  refusals: FileRefusals;
  acquireSlot: () => Promise<void>;
  /** Makes a request, after a last check if there is one. */
  run: (request: () => Promise<unknown>) => Promise<unknown>;
}

/**
 * Posts a message. Where the channel takes it only without its picture, it is posted without: a refused request has surely not
 * posted. The caller acquires the rate-limit slot of the first request. Rejects with discord.js's error.
 */
export async function postMessage(
  { rest, refusals, acquireSlot, run }: PostRequestOptions,
  { channelId, body, file, now }: PostRequest,
): Promise<unknown> {
  const route = Routes.channelMessages(channelId);
  const post = (files: readonly CardFile[]) =>
    run(() => rest.post(route, encodeRequest(messageRequest({ ...body, files }))));
  return withoutRefusedFile({ refusals, acquireSlot, channelId, file, now }, post);
}

/** A request that has a picture where its channel takes it. */
type FileRequest = Pick<PostRequestOptions, 'refusals' | 'acquireSlot'> &
  Pick<PostRequest, 'channelId' | 'file' | 'now'>;

/** Makes a request with its file; without it where the channel refuses that, or did lately. */
export async function withoutRefusedFile(
  { refusals, acquireSlot, channelId, file, now }: FileRequest,
  request: (files: readonly CardFile[]) => Promise<unknown>,
): Promise<unknown> {
  if (!file || refusals.has(channelId, now)) return request([]);
  try {
    return await request([file]);
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !FILE_REFUSALS.includes(error.code)) throw error;
    await acquireSlot();
    const answer = await request([]);
    refusals.add(channelId, now);
    return answer;
  }
}
