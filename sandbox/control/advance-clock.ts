import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { ControlError } from './errors.ts';

/** What `to` says for the instant of the next post, whenever that is. */
export const NEXT_POST = 'next post';

/** A bot that waits so often without a post will hardly make one. */
const MAX_STEPS = 500;

/** Turns the clock to an instant, or to the next post, tells of it, and answers where it stopped. */
export async function advanceClock(services: Services, to: string): Promise<string> {
  const { world, clock, waitUntilIdle } = services;
  if (to === NEXT_POST) return advanceToNextPost(services);
  let instant: Temporal.Instant;
  try {
    instant = Temporal.Instant.from(to);
  } catch {
    throw new ControlError(`"${to}" is no instant. Write it as 2025-06-06T16:00:00Z.`);
  }
  try {
    await clock.turn(instant, waitUntilIdle);
  } catch (error) {
    throw error instanceof RangeError ? new ControlError(error.message) : error;
  }
  emitClockChange(world, instant);
  return String(instant);
}

/** Goes from one awaited instant to the next until the bot has posted something. */
async function advanceToNextPost({ world, clock, waitUntilIdle }: Services): Promise<string> {
  let posted = false;
  const unsubscribe = world.events.subscribe(({ t, hidden }) => {
    posted ||= t === GatewayDispatchEvents.MessageCreate && !hidden;
  });
  try {
    for (let steps = 0; !posted && steps < MAX_STEPS; steps++) {
      const at = await clock.turnToNext(waitUntilIdle);
      if (!at) break;
      emitClockChange(world, at);
    }
  } finally {
    unsubscribe();
  }
  if (!posted) throw new ControlError('The bot waits for nothing that would make it post.');
  return String(clock.now());
}

const emitClockChange = (world: Services['world'], now: Temporal.Instant) =>
  world.events.emit({ t: 'SANDBOX_CLOCK', guild: null, d: { now: String(now) }, hidden: true });
