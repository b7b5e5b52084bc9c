import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Traffic } from './discord/http.ts';
import type { Load, LoadResult } from './discord/load.ts';

/** An event at the gateway, with the machine's monotonic time in nanoseconds. */
type ConnectionMessage = { event: 'ready' | 'complete'; bot: string; at: string };
type ResultMessage = { event: 'result'; id: number; result: unknown };
type ListeningMessage = { event: 'listening'; apiUrl: string };
type Message = ListeningMessage | ConnectionMessage | ResultMessage;

/** The measuring Discord, which runs as a separate process. */
export interface MeasuringDiscord {
  apiUrl: string;
  /** Resolves with the time at which READY is next sent to a bot. */
  ready(bot: string): Promise<number>;
  /** Resolves with the time at which a bot has next been sent all its servers. */
  complete(bot: string): Promise<number>;
  /** Sends interactions to a bot and measures the answers. */
  ask(load: Load): Promise<LoadResult>;
  traffic(): Promise<Traffic>;
  stop(): Promise<void>;
}

/** Returns the machine's monotonic time in milliseconds; all processes share it. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts the measuring Discord with a number of servers, and channels in each. */
export async function startMeasuringDiscord(guilds = 1, channels = 50): Promise<MeasuringDiscord> {
  const child = fork('bench/discord/main.ts', [`--guilds=${guilds}`, `--channels=${channels}`]);
  const exited = once(child, 'exit');
  let calls = 0;

  /** Resolves with the next message that matches; rejects if the process exits first. */
  const nextMessage = <T extends Message>(matches: (message: Message) => message is T): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = (message: Message) => {
        if (!matches(message)) return;
        child.off('message', check);
        child.off('exit', fail);
        resolve(message);
      };
      const fail = () => reject(new Error('The measuring Discord has exited.'));
      child.on('message', check);
      child.once('exit', fail);
    });
  const timeOf = async (event: ConnectionMessage['event'], bot: string) => {
    const { at } = await nextMessage(
      (message): message is ConnectionMessage => message.event === event && message.bot === bot,
    );
    return Number(BigInt(at)) / 1e6;
  };

  const call = async <T>(request: { load?: Load }): Promise<T> => {
    calls += 1;
    const id = calls;
    child.send({ id, ...request });
    const { result } = await nextMessage(
      (message): message is ResultMessage => message.event === 'result' && message.id === id,
    );
    return result as T;
  };

  child.setMaxListeners(50);
  const { apiUrl } = await nextMessage(
    (message): message is ListeningMessage => message.event === 'listening',
  );
  return {
    apiUrl,
    ready: (bot) => timeOf('ready', bot),
    complete: (bot) => timeOf('complete', bot),
    ask: (load) => call<LoadResult>({ load }),
    traffic: () => call<Traffic>({}),
    stop: () => stopProcess(child, exited),
  };
}

async function stopProcess(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.disconnect();
  await exited;
}
