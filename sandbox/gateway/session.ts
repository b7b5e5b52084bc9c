import type { WebSocket } from 'ws';

/** One dispatch as it was numbered for a session. `json` is the serialised payload. */
interface SentPayload {
  readonly seq: number;
  readonly json: string;
}

/** A bot's session: it outlives its connection, so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly token: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  /** The live connection; null between a loss and a resume. */
  socket: WebSocket | null;
  seq: number;
  /** The latest dispatches, for a resume. */
  readonly replayBuffer: SentPayload[];
}

/** How many dispatches a session can miss and still be resumed. */
const REPLAY_BUFFER_SIZE = 5000;

/** Sends one dispatch, or keeps it for the resume. `data` is JSON already: it is the same for every session. */
export function dispatch(session: Session, t: string, data: string): void {
  const seq = ++session.seq;
  const json = `{"op":0,"t":"${t}","s":${seq},"d":${data}}`;
  session.replayBuffer.push({ seq, json });
  if (session.replayBuffer.length > REPLAY_BUFFER_SIZE) session.replayBuffer.shift();
  session.socket?.send(json);
}

/** What a client that has seen `seq` missed; undefined when that is no longer known, or never was. */
export function findMissedPayloads(session: Session, seq: number): string[] | undefined {
  if (seq > session.seq) return undefined;
  const oldest = session.replayBuffer[0]?.seq ?? session.seq + 1;
  if (seq < oldest - 1) return undefined;
  return session.replayBuffer.filter((sent) => sent.seq > seq).map((sent) => sent.json);
}
