import type { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { compressPayload, createStreamCompressor, type TransportCompression } from './compression.ts';

/** What a client asked for in the URL of the gateway. */
export interface ConnectionSettings {
  /** The version of the API. */
  readonly version: number;
  /** How the whole connection is compressed; null where it is not. */
  readonly compression: TransportCompression | null;
}

/** A client's connection: sends payloads as the client wants them encoded. */
export interface Connection extends Pick<ConnectionSettings, 'version'> {
  /** Sends a payload that is JSON already. */
  send(json: string): void;
  /** Sends a payload that is not an event, and has no sequence number. */
  sendOpcode(op: GatewayOpcodes, d: unknown): void;
  /** Compresses long payloads from now on, each by itself. Has no effect if the whole connection is compressed. */
  compressPayloads(): void;
  /** Closes the connection after what was sent before. */
  close(code: number, reason: string): void;
  /** Drops the connection at once. */
  drop(): void;
  /**
   * Leaves the connection open, but answers and sends nothing on it any more. Reads nothing either if it is half open: a
   * client that closes it gets no answer to that.
   */
  fallSilent(isHalfOpen: boolean): void;
  isSilent(): boolean;
  /** Resolves when the client has read everything sent so far. */
  flush(): Promise<void>;
}

/** Creates the connection on a socket. */
export function createConnection(
  socket: WebSocket,
  { version, compression }: ConnectionSettings,
): Connection {
  const stream = compression === null ? undefined : createStreamCompressor(compression);
  socket.once('close', () => stream?.close());
  let compressesPayloads = false;
  let isSilent = false;
  /** What is still being compressed. */
  let pending: Promise<void> = Promise.resolve();

  function send(json: string): void {
    if (isSilent) return;
    if (stream) {
      const compressed = stream.compress(json);
      pending = compressed.then((bytes) => socket.send(bytes));
    } else socket.send(compressesPayloads ? compressPayload(json) : json);
  }

  return {
    version,
    send,
    sendOpcode: (op, d) => send(JSON.stringify({ op, d, t: null, s: null })),
    compressPayloads() {
      compressesPayloads = true;
    },
    close(code, reason) {
      if (isSilent) socket.terminate();
      else if (stream) pending = pending.then(() => socket.close(code, reason));
      else socket.close(code, reason);
    },
    drop: () => socket.terminate(),
    fallSilent(isHalfOpen) {
      isSilent = true;
      if (isHalfOpen) socket.pause();
    },
    isSilent: () => isSilent,
    async flush() {
      if (isSilent) return;
      if (socket.readyState === socket.OPEN) await pending;
      await waitForPong(socket);
    },
  };
}

/** How long a client may take to answer a ping. */
const PONG_TIMEOUT_MS = 15_000;

/**
 * Resolves when a client has read everything sent so far: frames arrive in order, so its pong comes after all before it.
 * Also resolves when the connection closes, or after the timeout.
 */
function waitForPong(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    const done = () => {
      clearTimeout(timer);
      socket.off('pong', done).off('close', done);
      resolve();
    };
    const timer = setTimeout(done, PONG_TIMEOUT_MS);
    socket.once('pong', done).once('close', done);
    socket.ping();
  });
}
