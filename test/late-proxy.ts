import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listen } from '../src/lib/listen.ts';

/** A TCP proxy in front of a server, which may deliver late what a client sends. It ends with the test. */
export interface LateProxy {
  /** The address of the server, through the proxy. */
  url: string;
  /** Holds the next connection that sends the text, from then on. Resolves when it does. */
  holdAt(text: string): Promise<void>;
  /** Holds any connection that sends something for some time, as `random` says: undefined for no time. */
  holdAtRandom(random: () => number | undefined): void;
  /** Delivers what is held, in order. */
  release(): void;
}

/** Starts a proxy in front of the server of that URL. */
export async function startLateProxy(url: string): Promise<LateProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const held = new Map<Socket, Buffer[]>();
  let trap: { text: string; spring: () => void } | undefined;
  let random: () => number | undefined = () => undefined;

  function deliver(client: Socket, server: Socket): void {
    const chunks = held.get(client) ?? [];
    held.delete(client);
    for (const chunk of chunks) server.write(chunk);
  }

  const releases = new Map<Socket, () => void>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(client).add(upstream);
    releases.set(client, () => deliver(client, upstream));
    client.on('data', (chunk: Buffer) => {
      const queue = held.get(client);
      if (queue) return void queue.push(chunk);
      const isTrapped = trap !== undefined && chunk.includes(trap.text);
      const holdMs = random();
      if (!isTrapped && holdMs === undefined) return void upstream.write(chunk);
      held.set(client, [chunk]);
      if (isTrapped) {
        trap?.spring();
        trap = undefined;
      } else setTimeout(() => deliver(client, upstream), holdMs);
    });
    upstream.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        // What is held is delivered to a server that is there, even if its client has gone.
        if (one === upstream || !held.has(client)) other.destroy();
      });
    }
  });
  const own = await listen(server, { host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = new URL(own).port;
  return {
    url: through.href,
    holdAt: (text) =>
      new Promise((resolve) => {
        trap = { text, spring: resolve };
      }),
    holdAtRandom(chosen) {
      random = chosen;
    },
    release() {
      for (const client of [...held.keys()]) releases.get(client)?.();
    },
  };
}
