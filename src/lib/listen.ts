import type { AddressInfo, Server } from 'node:net';

/** Where a server listens. Port 0 means any free port. */
export interface ListenAddress {
  host: string;
  port: number;
}

/** Starts to listen and returns the URL, such as `http://127.0.0.1:8080`. Rejects with the system's error. */
export async function listen(server: Server, { host, port }: ListenAddress): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
}
