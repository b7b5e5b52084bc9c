import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Parts } from '../services.ts';
import { ControlError } from './errors.ts';

/** What `to` says for the instant of the next post, whenever that is. */
export const NEXT_POST = 'next post';

/** A bot that waits so often without a post will hardly make one. */
const MOST_STEPS = 500;

/** Turns the clock to an instant, or to the next post, tells of it, and answers where it stopped. */
export async function turnClock(parts: Parts, to: string): Promise<string> {
  const { world, clock, settle } = parts;
  if (to === NEXT_POST) return turnToPost(parts);
  let instant: Temporal.Instant;
  try {
    instant = Temporal.Instant.from(to);
  } catch {
    throw new ControlError(`"${to}" is no instant. Write it as 2025-06-06T16:00:00Z.`);
  }
  try {
    await clock.turn(instant, settle);
  } catch (error) {
    throw error instanceof RangeError ? new ControlError(error.message) : error;
  }
  tell(world, instant);
  return String(instant);
}

/** Goes from one awaited instant to the next until the bot has posted something. */
async function turnToPost({ world, clock, settle }: Parts): Promise<string> {
  let posted = false;
  const unsubscribe = world.events.subscribe(({ t, hidden }) => {
    posted ||= t === GatewayDispatchEvents.MessageCreate && !hidden;
  });
  try {
    for (let steps = 0; !posted && steps < MOST_STEPS; steps++) {
      const at = await clock.turnToNext(settle);
      if (!at) break;
      tell(world, at);
    }
  } finally {
    unsubscribe();
  }
  if (!posted) throw new ControlError('The bot waits for nothing that would make it post.');
  return String(clock.now());
}

const tell = (world: Parts['world'], now: Temporal.Instant) =>
  world.events.emit({ t: 'SANDBOX_CLOCK', guild: null, d: { now: String(now) }, hidden: true });
