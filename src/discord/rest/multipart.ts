import { createHash } from 'node:crypto';
import type { RequestData } from '@discordjs/rest';
import type { APIInteractionResponse } from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { clip, LIMITS } from '../message/limits.ts';

/** The content of a request: JSON alone, or with files. */
export interface RequestContent {
  body: object;
  files?: readonly CardFile[];
}

/** Returns a message as the content of a request. Its attachments refer to the files by index. Docs: "Reference", uploading files. */
export function messageRequest(message: object): RequestContent {
  const { files = [], ...body } = message as { files?: readonly CardFile[] };
  if (files.length === 0) return { body };
  return { body: { ...body, attachments: files.map(attachmentOf) }, files };
}

/** The text for those who cannot see a file is its description. Docs: "Message", attachment object. */
const attachmentOf = ({ name, description }: CardFile, index: number) => ({
  id: String(index),
  filename: name,
  ...(description !== undefined && { description: clip(description, LIMITS.altText) }),
});

/** Returns the response to an interaction as the content of a request. */
export function answerRequest(response: APIInteractionResponse): RequestContent {
  if (!('data' in response) || !response.data) return { body: response };
  const { body, ...files } = messageRequest(response.data);
  return { body: { ...response, data: body }, ...files };
}

/** What the REST client is given for a request. */
type EncodedRequest = Pick<RequestData, 'body' | 'headers' | 'passThroughBody'>;

/**
 * Returns the content for the REST client. Multipart data is encoded to bytes here: from a `FormData`, Node's fetch makes a stream, and a
 * connection that closes while that is read ends the process.
 */
export function encodeRequest({ body, files = [] }: RequestContent): EncodedRequest {
  if (files.length === 0) return { body };
  const parts = [
    { head: 'Content-Disposition: form-data; name="payload_json"', data: JSON.stringify(body) },
    ...files.map(({ name, type, data }, index) => ({
      head: `Content-Disposition: form-data; name="files[${index}]"; filename="${escapeName(name)}"\r\nContent-Type: ${type}`,
      data,
    })),
  ];
  // Made from the parts themselves, so that none of them has it in it.
  const hash = createHash('sha256');
  for (const { data } of parts) hash.update(data);
  const boundary = `concierge-${hash.digest('hex').slice(0, 32)}`;
  const bytes = Buffer.concat([
    ...parts.flatMap(({ head, data }) => [
      Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
      Buffer.from(data),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return { body: bytes, headers, passThroughBody: true };
}

const escapeName = (name: string) => name.replace(/["\r\n]/g, encodeURIComponent);
