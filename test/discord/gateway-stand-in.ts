import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { connectGateway } from '../../src/discord/gateway.ts';
import { accessTo } from './rest/access.ts';

/** A gateway that sends whatever a test wants, and a bot that is connected to it. */
export async function gatewayStandIn(onConnection: (socket: WebSocket, url: string) => void) {
  let connections = 0;
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        url: `ws://127.0.0.1:${port()}`,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
      }),
    );
  }).listen(0, '127.0.0.1');
  const port = () => (server.address() as AddressInfo).port;
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    connections += 1;
    onConnection(socket, `ws://127.0.0.1:${port()}`);
  });
  const lines: { msg: string; level: number; event?: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const connection = connectGateway({
    ...accessTo(`http://127.0.0.1:${port()}/api`),
    shards: undefined,
    onFatal() {},
    log,
  });
  onTestFinished(async () => {
    await connection.close();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  return { connection, lines, connections: () => connections };
}

/** Sends a payload as it is. */
export const send = (socket: WebSocket, payload: unknown) => socket.send(JSON.stringify(payload));

/** Says hello, and answers an identify with READY; resolves then, or after a request to resume. */
export function welcome(socket: WebSocket, resumeUrl = 'ws://127.0.0.1:9'): Promise<void> {
  send(socket, { op: 10, d: { heartbeat_interval: 45_000 } });
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      const { op } = JSON.parse(String(data)) as { op: number };
      if (op === 2) send(socket, { op: 0, s: 1, t: 'READY', d: { ...READY, resume_gateway_url: resumeUrl } });
      if (op === 2 || op === 6) resolve();
    });
  });
}

const READY = {
  v: 10,
  user: { id: '1', username: 'concierge', discriminator: '0', avatar: null },
  guilds: [],
  session_id: 's',
  application: { id: '1', flags: 0 },
  shard: [0, 1],
};
