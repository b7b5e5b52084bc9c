import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { clientPayloadSchema, type Identify, type RequestMembers, type Resume } from './payloads.ts';
import type { Session } from './session.ts';

/** What a connection asks of the gateway behind it. */
interface ConnectionHandlers {
  /** Opens a session, or closes the socket and answers undefined. */
  identify(socket: WebSocket, request: Identify): Session | undefined;
  resume(socket: WebSocket, request: Resume): Session | undefined;
  sendMembers(session: Session, request: RequestMembers): void;
}

/** How many payloads a client may send in a minute (documentation: events/gateway, "Rate Limiting"). */
const SENDS_PER_MINUTE = 120;
/** A client that is silent for this many heartbeat intervals is taken for dead. */
const HEARTBEAT_TOLERANCE = 1.5;

/**
 * Serves one connection: hello, heartbeats, and what the client sends (documentation: events/gateway, "Connection
 * Lifecycle").
 */
export function serveConnection(socket: WebSocket, heartbeatMs: number, handlers: ConnectionHandlers): void {
  let session: Session | undefined;
  let sends = 0;
  const late = () => socket.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out.');
  let alive = setTimeout(late, heartbeatMs * HEARTBEAT_TOLERANCE);
  const minute = setInterval(() => {
    sends = 0;
  }, 60_000);

  socket.on('close', () => {
    clearTimeout(alive);
    clearInterval(minute);
    if (session?.socket === socket) session.socket = null;
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    if (++sends > SENDS_PER_MINUTE) return socket.close(GatewayCloseCodes.RateLimited, 'Rate limited.');
    const payload = decodePayload(String(data));
    if (typeof payload === 'number') return socket.close(payload, GatewayCloseCodes[payload]);
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        clearTimeout(alive);
        alive = setTimeout(late, heartbeatMs * HEARTBEAT_TOLERANCE);
        return sendPayload(socket, GatewayOpcodes.HeartbeatAck, null);
      case GatewayOpcodes.Identify:
      case GatewayOpcodes.Resume:
        if (session) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        session =
          payload.op === GatewayOpcodes.Identify
            ? handlers.identify(socket, payload.d)
            : handlers.resume(socket, payload.d);
        return;
      default:
        if (!session) return socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        if (payload.op === GatewayOpcodes.RequestGuildMembers) handlers.sendMembers(session, payload.d);
    }
  });
  sendPayload(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatMs, _trace: ['sandbox'] });
}

/** Sends what is no dispatch, and so has no number. */
export function sendPayload(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, t: null, s: null }));
}

/** The payload, or the code to close the connection with. */
function decodePayload(data: string) {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return GatewayCloseCodes.DecodeError;
  }
  const parsed = clientPayloadSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const knownOp = !parsed.error.issues.some((issue) => issue.path[0] === 'op');
  return knownOp ? GatewayCloseCodes.DecodeError : GatewayCloseCodes.UnknownOpcode;
}

/** Frames arrive in order, so a client that answers a ping has read everything before it. A dead one is not waited for. */
export function waitForPong(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    const done = () => {
      clearTimeout(timer);
      socket.off('pong', done).off('close', done);
      resolve();
    };
    const timer = setTimeout(done, 1000);
    socket.once('pong', done).once('close', done);
    socket.ping();
  });
}
