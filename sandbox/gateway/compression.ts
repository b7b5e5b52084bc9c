import { constants, createDeflate, createZstdCompress, deflateSync } from 'node:zlib';

/* How the gateway compresses (documentation: events/gateway, "Encoding and Compression"). */

/** The kinds of transport compression, as the parameter `compress` of the gateway's URL names them. */
export const TRANSPORT_COMPRESSIONS = ['zlib-stream', 'zstd-stream'] as const;
/** A kind of transport compression. */
export type TransportCompression = (typeof TRANSPORT_COMPRESSIONS)[number];

/** Compresses all payloads of a connection as one stream. */
export interface StreamCompressor {
  /** Compresses the next payload, up to a flush. Calls are answered in order. */
  compress(json: string): Promise<Buffer>;
  /** Frees the stream. Payloads that are not compressed yet never are. */
  close(): void;
}

/** Creates the compressor of one connection. A zlib stream ends each payload with the bytes 00 00 FF FF. */
export function createStreamCompressor(kind: TransportCompression): StreamCompressor {
  const [stream, flush] =
    kind === 'zlib-stream'
      ? [createDeflate(), constants.Z_SYNC_FLUSH]
      : [createZstdCompress(), constants.ZSTD_e_flush];
  let parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  // Writing to a stream after it was closed fails; by then nobody needs the data.
  stream.on('error', () => {});
  let last: Promise<unknown> = Promise.resolve();
  const compressNext = (json: string) =>
    new Promise<Buffer>((resolve) => {
      stream.write(json);
      stream.flush(flush, () => {
        resolve(Buffer.concat(parts));
        parts = [];
      });
    });
  return {
    compress(json) {
      const result = last.then(() => compressNext(json));
      last = result;
      return result;
    },
    close: () => stream.destroy(),
  };
}

/** From this length on a payload is compressed if the client asked for it in IDENTIFY. Discord states no number. */
const MIN_COMPRESSED_LENGTH = 1_024;

/** Returns the payload as a client with `compress` in IDENTIFY receives it: a long one compressed by itself. */
export const compressPayload = (json: string): string | Buffer =>
  json.length < MIN_COMPRESSED_LENGTH ? json : deflateSync(json);
