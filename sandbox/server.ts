import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Gateway } from './gateway/gateway.ts';
import { isLocalRequest } from './http/local-request.ts';
import type { HonoEnv } from './http/middleware.ts';

/** A server that listens only on 127.0.0.1. */
export interface LocalServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Closes every connection and stops listening. */
  close(): Promise<void>;
}

/** Where to listen, and what to serve. */
export interface ServerOptions {
  /** 0 is any free port. */
  readonly port: number;
  /** Whether to take the next free port when `port` is taken. */
  readonly orNextPort: boolean;
  /** Creates what is served. `host` returns the server's host once the port is known. */
  readonly createHandlers: (host: () => string) => { app: Hono<HonoEnv>; gateway: Gateway };
}

/** Starts listening. Rejects with the system's error (EADDRINUSE) when the port is taken. */
export async function listenLocally(options: ServerOptions): Promise<LocalServer> {
  let host = '';
  const { app, gateway } = options.createHandlers(() => host);
  // Clients end idle connections. A server that ends one may refuse a request that is already on its way.
  const server = createServer({ keepAliveTimeout: 0 }, getRequestListener(app.fetch));
  server.on('upgrade', (request, socket, head) => {
    const { host: hostHeader, origin } = request.headers;
    if (isLocalRequest(hostHeader, origin, host)) gateway.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  host = `127.0.0.1:${await listen(server, options.port, options.orNextPort)}`;
  return {
    host,
    close: () =>
      new Promise((resolve) => {
        // The HTTP server would wait for upgraded connections: the gateway closes them.
        gateway.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number, orNextPort: boolean): Promise<number> {
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
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (isTaken && orNextPort && port < 65_535) return listen(server, port + 1, true);
    throw error;
  }
}
