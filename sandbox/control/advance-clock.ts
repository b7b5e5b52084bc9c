import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { ControlError } from './errors.ts';

/** The value of `to` that turns the clock to the next post. */
const NEXT_POST = 'next post';

/** After so many instants without a post there will hardly be one. */
const MAX_STEPS = 500;

/** Turns the clock to an instant, or to the next post. Returns the new time. Throws for an instant in the past. */
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

/** Turns the clock from one due instant to the next until the bot has posted. */
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
  if (!posted) throw new ControlError('Nothing is scheduled yet. Add a countdown with `/countdown add`.');
  return String(clock.now());
}

const emitClockChange = (world: Services['world'], now: Temporal.Instant) =>
  world.events.emit({ t: 'SANDBOX_CLOCK', guild: null, d: { now: String(now) }, hidden: true });
