import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import { SENDS_PER_MINUTE } from './limits.ts';
import { clientPayloadSchema, type Identify, type RequestMembers, type Resume } from './payloads.ts';
import type { Session } from './session.ts';

/** What a connection hands on. */
export interface ConnectionHandlers {
  /** Starts a session, or closes the socket and returns undefined. */
  identify(socket: WebSocket, request: Identify): Session | undefined;
  /** Resumes a session, or refuses and returns undefined. */
  resume(socket: WebSocket, request: Resume): Session | undefined;
  /** Ends a session: it cannot be resumed any more. */
  end(session: Session): void;
  /** Sends the members that a client has requested. */
  sendMembers(session: Session, request: RequestMembers): void;
}

/** A client that closes with one of these ends its session (documentation: events/gateway, "Disconnecting"). */
const FINAL_CLOSE_CODES: readonly number[] = [1000, 1001];
/** A client that sends no heartbeat for this many intervals is disconnected. */
const HEARTBEAT_TOLERANCE = 1.5;

/** Serves one connection until it closes (documentation: events/gateway, "Connection Lifecycle"). */
export function serveConnection(socket: WebSocket, heartbeatMs: number, handlers: ConnectionHandlers): void {
  let session: Session | undefined;
  const heartbeat = createHeartbeatTimer(socket, heartbeatMs);
  const limit = createSendLimit();

  socket.on('close', (code) => {
    heartbeat.stop();
    limit.stop();
    if (session?.socket !== socket) return;
    session.socket = null;
    if (FINAL_CLOSE_CODES.includes(code)) handlers.end(session);
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    if (!limit.acquire()) return socket.close(GatewayCloseCodes.RateLimited, 'Rate limited.');
    const payload = decodePayload(String(data));
    if (typeof payload === 'number') return socket.close(payload, GatewayCloseCodes[payload]);
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        heartbeat.restart();
        return sendPayload(socket, GatewayOpcodes.HeartbeatAck, null);
      case GatewayOpcodes.Identify:
      case GatewayOpcodes.Resume:
        if (session) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        session = authenticate(socket, payload, handlers);
        return;
      default:
        if (!session) return socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        if (payload.op === GatewayOpcodes.RequestGuildMembers) handlers.sendMembers(session, payload.d);
    }
  });
  sendPayload(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatMs, _trace: ['sandbox'] });
}

type ClientPayload = z.output<typeof clientPayloadSchema>;

const authenticate = (
  socket: WebSocket,
  payload: Extract<ClientPayload, { op: GatewayOpcodes.Identify | GatewayOpcodes.Resume }>,
  handlers: ConnectionHandlers,
): Session | undefined =>
  payload.op === GatewayOpcodes.Identify
    ? handlers.identify(socket, payload.d)
    : handlers.resume(socket, payload.d);

/** Closes the connection when no heartbeat arrives in time. */
function createHeartbeatTimer(socket: WebSocket, heartbeatMs: number) {
  const close = () => socket.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out.');
  const start = () => setTimeout(close, heartbeatMs * HEARTBEAT_TOLERANCE);
  let timer = start();
  return {
    restart() {
      clearTimeout(timer);
      timer = start();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Counts the payloads of a client in each minute. */
function createSendLimit() {
  let sends = 0;
  const reset = setInterval(() => {
    sends = 0;
  }, 60_000);
  return {
    /** Returns whether the client may send another payload. */
    acquire: () => ++sends <= SENDS_PER_MINUTE,
    stop: () => clearInterval(reset),
  };
}

/** Sends a payload that is not an event, and has no sequence number. */
export function sendPayload(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, t: null, s: null }));
}

/** Returns the payload, or the code to close the connection with. */
function decodePayload(data: string): ClientPayload | GatewayCloseCodes {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return GatewayCloseCodes.DecodeError;
  }
  const parsed = clientPayloadSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isKnownOpcode = !parsed.error.issues.some((issue) => issue.path[0] === 'op');
  return isKnownOpcode ? GatewayCloseCodes.DecodeError : GatewayCloseCodes.UnknownOpcode;
}

/** How long a client may take to answer a ping. */
const PONG_TIMEOUT_MS = 15_000;

/**
 * Resolves when a client has read everything sent so far: frames arrive in order, so its pong comes after all before it.
 * Also resolves when the connection closes, or after the timeout.
 */
export function waitForPong(socket: WebSocket): Promise<void> {
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
