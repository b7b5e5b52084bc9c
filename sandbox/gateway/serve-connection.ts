import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { parseExactJson } from '../rules/exact-json.ts';
import type { Connection } from './connection.ts';
import { SENDS_PER_MINUTE } from './limits.ts';
import {
  type ClientPayload,
  clientPayloadSchema,
  type Identify,
  type Resume,
  type SessionRequest,
} from './payloads.ts';
import type { Session } from './session.ts';

/** What a connection hands on. */
export interface ConnectionHandlers {
  /** Starts a session, or closes or refuses the connection and returns undefined. */
  identify(connection: Connection, request: Identify): Session | undefined;
  /** Resumes a session, or refuses and returns undefined. */
  resume(connection: Connection, request: Resume): Session | undefined;
  /** Ends a session: it cannot be resumed any more. */
  end(session: Session): void;
  /** Answers what a client requests within its session. */
  answer(session: Session, request: SessionRequest): void;
}

/** A client that closes with one of these ends its session (documentation: events/gateway, "Disconnecting"). */
const FINAL_CLOSE_CODES: readonly number[] = [1000, 1001];
/** A client that sends no heartbeat for this many intervals is disconnected. */
const HEARTBEAT_TOLERANCE = 1.5;

/** Serves one connection until it closes (documentation: events/gateway, "Connection Lifecycle"). */
export function serveConnection(
  socket: WebSocket,
  connection: Connection,
  { heartbeatMs, handlers }: { readonly heartbeatMs: number; readonly handlers: ConnectionHandlers },
): void {
  let session: Session | undefined;
  const heartbeat = createHeartbeatTimer(connection, heartbeatMs);
  const limit = createSendLimit();

  socket.on('close', (code) => {
    heartbeat.stop();
    limit.stop();
    if (session?.connection !== connection) return;
    session.connection = null;
    // What a client says on a connection that fell silent reaches nobody.
    if (FINAL_CLOSE_CODES.includes(code) && !connection.isSilent()) handlers.end(session);
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    if (connection.isSilent()) return;
    if (!limit.acquire()) return connection.close(GatewayCloseCodes.RateLimited, 'Rate limited.');
    const payload = decodePayload(String(data));
    if (typeof payload === 'number') return connection.close(payload, GatewayCloseCodes[payload]);
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        heartbeat.restart();
        return connection.sendOpcode(GatewayOpcodes.HeartbeatAck, null);
      case GatewayOpcodes.Identify:
      case GatewayOpcodes.Resume:
        if (session)
          return connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
        session = authenticate(connection, payload, handlers);
        return;
      default:
        if (!session) return connection.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        handlers.answer(session, payload);
    }
  });
  connection.sendOpcode(GatewayOpcodes.Hello, { heartbeat_interval: heartbeatMs, _trace: ['sandbox'] });
}

const authenticate = (
  connection: Connection,
  payload: Extract<ClientPayload, { op: GatewayOpcodes.Identify | GatewayOpcodes.Resume }>,
  handlers: ConnectionHandlers,
): Session | undefined =>
  payload.op === GatewayOpcodes.Identify
    ? handlers.identify(connection, payload.d)
    : handlers.resume(connection, payload.d);

/** Closes the connection when no heartbeat arrives in time, unless it fell silent. */
function createHeartbeatTimer(connection: Connection, heartbeatMs: number) {
  const close = () => {
    if (!connection.isSilent()) connection.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out.');
  };
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

/** Returns the payload, or the code to close the connection with. */
function decodePayload(data: string): ClientPayload | GatewayCloseCodes {
  let json: unknown;
  try {
    json = parseExactJson(data);
  } catch {
    return GatewayCloseCodes.DecodeError;
  }
  const parsed = clientPayloadSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isKnownOpcode = !parsed.error.issues.some((issue) => issue.path[0] === 'op');
  return isKnownOpcode ? GatewayCloseCodes.DecodeError : GatewayCloseCodes.UnknownOpcode;
}
