import type { Logger } from 'pino';
import type { DrawPicture, PostPicture } from '../countdown/picture.ts';

/** Draws a picture. Rejects where it cannot be drawn. */
export type Draw = (picture: PostPicture) => Promise<Uint8Array>;

/** So many pictures are kept, of about 70 KB each: those of one day in all servers are few. */
const MAX_KEPT = 64;
/** A picture that takes longer is left out: the post does not wait for it. */
const TIMEOUT_MS = 10_000;

/** What pictures are drawn with. */
export interface PicturesOptions {
  draw: Draw;
  log: Pick<Logger, 'warn'>;
  /** How many pictures are kept. */
  size?: number;
  timeoutMs?: number;
}

/** Creates what draws each picture once and keeps the newest. A drawing that fails is logged, and tried again when next needed. */
export function createPictures({
  draw,
  log,
  size = MAX_KEPT,
  timeoutMs = TIMEOUT_MS,
}: PicturesOptions): DrawPicture {
  const kept = new Map<string, Promise<Uint8Array | undefined>>();

  async function attempt(picture: PostPicture): Promise<Uint8Array | undefined> {
    try {
      return await within(timeoutMs, draw(picture));
    } catch (error) {
      log.warn({ err: error }, 'picture not drawn, posting without it');
      return undefined;
    }
  }

  async function forgetFailed(key: string, drawing: Promise<Uint8Array | undefined>): Promise<void> {
    if (!(await drawing) && kept.get(key) === drawing) kept.delete(key);
  }

  return (picture) => {
    const key = JSON.stringify(picture);
    const known = kept.get(key);
    const drawing = known ?? attempt(picture);
    // What was used last is kept longest.
    kept.delete(key);
    kept.set(key, drawing);
    const [oldest] = kept.keys();
    if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    if (!known) void forgetFailed(key, drawing);
    return drawing;
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not drawn within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
