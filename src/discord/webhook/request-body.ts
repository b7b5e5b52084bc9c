import type { IncomingMessage } from 'node:http';

/** Discord's requests are small: a message with a pressed button, or the people, roles and channels of options. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads the body of a request. Returns `too large` above 256 KiB, and `cut off` if the connection ends before it is complete.
 * Once `closing` aborts, it ends the connection.
 */
export async function readBody(
  request: IncomingMessage,
  closing: AbortSignal,
): Promise<Buffer | 'too large' | 'cut off'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const end = () => request.destroy();
  closing.addEventListener('abort', end);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) {
        // Discards the rest, up to the request timeout: a client that is still sending would not read the response.
        request.resume();
        return 'too large';
      }
      chunks.push(chunk);
    }
  } catch {
    return 'cut off';
  } finally {
    closing.removeEventListener('abort', end);
  }
  return Buffer.concat(chunks);
}

/** Parses a body as JSON. Returns undefined if it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
