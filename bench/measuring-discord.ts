import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Traffic } from './discord/http.ts';
import type { Answers, Order } from './discord/load.ts';

/** Something that happened at the gateway, at a time of the clock that all processes share, in milliseconds. */
type Heard = { event: 'ready' | 'complete'; bot: string; at: string };
type Told = { event: 'listening'; apiUrl: string } | Heard | { event: 'result'; id: number; result: unknown };

/** The measuring Discord as its harness sees it. */
export interface MeasuringDiscord {
  apiUrl: string;
  /** Resolves with the time at which a bot's gateway became ready next. */
  ready(bot: string): Promise<number>;
  /** Resolves with the time at which a bot had next been told of all its servers. */
  complete(bot: string): Promise<number>;
  ask(order: Order): Promise<Answers>;
  traffic(): Promise<Traffic>;
  stop(): Promise<void>;
}

/** The clock that all processes of a machine share, in milliseconds. */
export const sharedClock = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts it with servers of so many channels. */
export async function startMeasuringDiscord(guilds = 1, channels = 50): Promise<MeasuringDiscord> {
  const child = fork('bench/discord/main.ts', [`--guilds=${guilds}`, `--channels=${channels}`]);
  const ended = once(child, 'exit');
  let asked = 0;

  /** Resolves with the next message that fits; rejects where the process ends before. */
  const heard = <T extends Told>(fits: (told: Told) => told is T): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (told: Told) => {
        if (!fits(told)) return;
        child.off('message', look);
        child.off('exit', gone);
        resolve(told);
      };
      const gone = () => reject(new Error('The measuring Discord has ended.'));
      child.on('message', look);
      child.once('exit', gone);
    });
  const timeOf = async (event: Heard['event'], bot: string) => {
    const { at } = await heard((told): told is Heard => told.event === event && told.bot === bot);
    return Number(BigInt(at)) / 1e6;
  };

  const call = async <T>(wish: { order?: Order }): Promise<T> => {
    asked += 1;
    const id = asked;
    child.send({ id, ...wish });
    const { result } = await heard(
      (told): told is Extract<Told, { event: 'result' }> => told.event === 'result' && told.id === id,
    );
    return result as T;
  };

  child.setMaxListeners(50);
  const { apiUrl } = await heard(
    (told): told is Extract<Told, { event: 'listening' }> => told.event === 'listening',
  );
  return {
    apiUrl,
    ready: (bot) => timeOf('ready', bot),
    complete: (bot) => timeOf('complete', bot),
    ask: (order) => call<Answers>({ order }),
    traffic: () => call<Traffic>({}),
    stop: () => stopped(child, ended),
  };
}

async function stopped(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.disconnect();
  await ended;
}
