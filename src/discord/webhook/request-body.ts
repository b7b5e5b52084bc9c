import type { IncomingMessage } from 'node:http';

/** What Discord sends is small: the message that bears a pressed button, and people, roles and channels named in options. */
const MOST_BYTES = 256 * 1024;

/** The body of a request, unless it is too large, or its sender went away or was cut off. */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'cut off'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) {
        // What is still to come is let go by, so that the answer is read; for as long as patience lasts.
        request.resume();
        return 'too large';
      }
      chunks.push(chunk);
    }
  } catch {
    return 'cut off';
  }
  return Buffer.concat(chunks);
}

/** Undefined where it is no JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
