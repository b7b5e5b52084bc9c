import type { Discord } from './discord.ts';
import { isSettled } from './verdict.ts';
import { type ChaosWorld, waitUntil } from './world.ts';

/** What is settled, and how. */
export interface SettleOptions {
  discord: Discord;
  world: ChaosWorld;
  /** Starts the bot at the sandbox's time and waits until it is ready. Resolves with a function that stops it. */
  start: () => Promise<() => Promise<void>>;
  milestones: number;
  /** Whether the date of the scheduled events has moved. */
  hasMoved: boolean;
}

/** By how much the clock is turned on: publications wait for their limit, and events that were refused for 1 and 4 hours. */
const STEPS = [{ hours: 2 }, { hours: 3 }, { hours: 5 }, { hours: 8 }];
/** How long the bot may take after each step, in seconds of real time. */
const TIMEOUT_S = 15;

/**
 * Turns the clock on, without faults, until the bot has published its posts, moved its scheduled events and registered its commands.
 * What is not done after the last step counts as lost.
 */
export async function settle(options: SettleOptions): Promise<void> {
  const { discord, world, start } = options;
  const isDone = () => isSettled(discord, world, options);
  for (const step of STEPS) {
    if (await isDone()) return;
    await discord.turnTo((await discord.now()).add(step));
    const stop = await start();
    await waitUntil(isDone, TIMEOUT_S);
    await stop();
  }
}
