import type { Connection } from './connection.ts';

/** A dispatched payload with its sequence number. `json` is the serialized payload. */
interface SentPayload {
  readonly seq: number;
  readonly json: string;
}

/** A session of a bot. It outlives its connection, so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly token: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  /** Whether the client takes compressed payloads, as it said in IDENTIFY. */
  readonly compress: boolean;
  /** The live connection; null between a disconnect and a resume. */
  connection: Connection | null;
  /** The sequence number of the last dispatch. */
  seq: number;
  /** The latest dispatches, for a resume. */
  readonly replayBuffer: SentPayload[];
}

/** How many dispatches a client can miss and still resume. */
const REPLAY_BUFFER_SIZE = 5000;

/** Dispatches an event to a session, and keeps it for a resume. `data` is JSON, serialized once for all sessions. */
export function dispatch(session: Session, t: string, data: string): void {
  const seq = ++session.seq;
  const json = `{"op":0,"t":"${t}","s":${seq},"d":${data}}`;
  session.replayBuffer.push({ seq, json });
  if (session.replayBuffer.length > REPLAY_BUFFER_SIZE) session.replayBuffer.shift();
  session.connection?.send(json);
}

/**
 * Returns the payloads after `seq`, the last that the client has received; undefined when they are no longer kept, or
 * when `seq` was never sent.
 */
export function findMissedPayloads(session: Session, seq: number): string[] | undefined {
  if (seq > session.seq) return undefined;
  const oldest = session.replayBuffer[0]?.seq ?? session.seq + 1;
  if (seq < oldest - 1) return undefined;
  return session.replayBuffer.filter((sent) => sent.seq > seq).map((sent) => sent.json);
}
