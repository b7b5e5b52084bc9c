import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { WorldEvent } from '../world/events.ts';
import type { World } from '../world/world.ts';
import { createHistoryEntry } from './queries.ts';

/** A comment now and then keeps the connection, and lets a page that is gone be noticed. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Everything that happens in the world, as server-sent events: one JSON object each, with the event's name `t`, the
 * sandbox's time `now`, and what it is about in `d`, in the words of Discord's gateway. A message comes as the history
 * tells it, with whom it is for and what the bot sent; a direct message also tells in
 * `direct` whom it is with.
 */
export function streamEvents(world: World): Response {
  let close = () => {};
  const stream = new ReadableStream<string>({
    start(controller) {
      const send = (text: string) => controller.enqueue(text);
      const unsubscribe = world.events.subscribe((event) =>
        send(`data: ${JSON.stringify(createLiveEvent(world, event))}\n\n`),
      );
      const timer = setInterval(() => send(':\n\n'), KEEP_ALIVE_MS);
      timer.unref();
      close = () => {
        clearInterval(timer);
        unsubscribe();
      };
      send('retry: 500\n\n');
    },
    cancel: () => close(),
  });
  return new Response(stream.pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}

const MESSAGE_EVENTS: readonly string[] = [
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
];

function createLiveEvent(world: World, { t, d, guild }: WorldEvent): object {
  const about = { t, now: String(world.clock.now()), guild: guild?.id ?? null };
  if (!MESSAGE_EVENTS.includes(t)) return { ...about, d };
  const { id, channel_id } = d as { id: string; channel_id: string };
  const direct = world.channels.get(channel_id)?.recipient?.id;
  const stored = world.messages.get(channel_id)?.get(id);
  return { ...about, ...(direct && { direct }), d: stored ? createHistoryEntry(stored) : null };
}
