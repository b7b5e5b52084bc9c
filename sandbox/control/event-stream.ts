import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Services } from '../services.ts';
import type { WorldEvent } from '../world/events.ts';
import { createHistoryEntry } from './queries.ts';

/** How often a comment is sent, so that a closed connection is noticed. */
const KEEP_ALIVE_MS = 15_000;

/** How long a client waits before it reconnects. */
const RETRY_MS = 500;

type LiveServices = Pick<Services, 'world' | 'clock'>;

/**
 * Streams all events of the world as server-sent events, until the client disconnects. Each is a JSON object with the name
 * `t` and the data `d` of the gateway's event, and the sandbox's time `now`. For a message, `d` is an entry of the history,
 * and `direct` the user of a direct message.
 */
export function streamEvents(context: Context, services: LiveServices): Response {
  const response = streamSSE(context, async (stream) => {
    const disconnected = new Promise<void>((resolve) => stream.onAbort(resolve));
    // Nothing is awaited before the subscription: no event after the response may be missed.
    void stream.write(`retry: ${RETRY_MS}\n\n`);
    const unsubscribe = services.world.events.subscribe((event) => {
      void stream.writeSSE({ data: JSON.stringify(createLiveEvent(services, event)) });
    });
    const keepAlive = setInterval(() => stream.write(':\n\n'), KEEP_ALIVE_MS);
    keepAlive.unref();
    await disconnected;
    clearInterval(keepAlive);
    unsubscribe();
  });
  response.headers.set('cache-control', 'no-store');
  return response;
}

const MESSAGE_EVENTS: readonly string[] = [
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
];

function createLiveEvent({ world, clock }: LiveServices, { t, d, guild }: WorldEvent): object {
  const fields = { t, now: String(clock.now()), guild: guild?.id ?? null };
  if (!MESSAGE_EVENTS.includes(t)) return { ...fields, d };
  const { id, channel_id } = d as { id: string; channel_id: string };
  const direct = world.channels.get(channel_id)?.recipient?.id;
  const stored = world.messages.get(channel_id)?.get(id);
  return { ...fields, ...(direct && { direct }), d: stored ? createHistoryEntry(stored) : null };
}
