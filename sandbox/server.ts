import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Gateway } from './gateway/gateway.ts';
import { isLocalRequest } from './http/local-request.ts';
import type { HonoEnv } from './http/middleware.ts';

/** A server on 127.0.0.1 and nowhere else. */
export interface LocalServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Breaks every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Listens on `port`, or on the next free one after it if `orNext` says so; 0 is any free port. Rejects with the
 * system's error (EADDRINUSE) when the port is taken.
 */
export async function listenLocally(
  port: number,
  orNext: boolean,
  app: (host: () => string) => { app: Hono<HonoEnv>; gateway: Gateway },
): Promise<LocalServer> {
  let host = '';
  const { app: hono, gateway } = app(() => host);
  const server = createServer(getRequestListener(hono.fetch));
  server.on('upgrade', (request, socket, head) => {
    if (isLocalRequest(request.headers.host, request.headers.origin, host))
      gateway.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  host = `127.0.0.1:${await listen(server, port, orNext)}`;
  return {
    host,
    close: () =>
      new Promise((resolve) => {
        // Upgraded connections are the gateway's own: the HTTP server would wait for them.
        gateway.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number, orNext: boolean): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    return (server.address() as AddressInfo).port;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (taken && orNext && port < 65_535) return listen(server, port + 1, true);
    throw error;
  }
}
