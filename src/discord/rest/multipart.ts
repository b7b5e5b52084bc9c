import type { RawFile } from '@discordjs/rest';
import type { APIInteractionResponse } from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';
import { clip, LIMITS } from '../message/limits.ts';

/** A request for the REST client: JSON alone, or with files as multipart form data. */
export interface RequestContent {
  body: object;
  files?: RawFile[];
}

/** Returns a message as a request. Its attachments refer to the files by index. Docs: "Reference", uploading files. */
export function messageRequest(message: object): RequestContent {
  const { files = [], ...body } = message as { files?: readonly CardFile[] };
  if (files.length === 0) return { body };
  return {
    body: { ...body, attachments: files.map(attachmentOf) },
    files: files.map(({ name, type, data }) => ({
      name,
      contentType: type,
      data: typeof data === 'string' ? data : Buffer.from(data),
    })),
  };
}

/** The text for those who cannot see a file is its description. Docs: "Message", attachment object. */
const attachmentOf = ({ name, description }: CardFile, index: number) => ({
  id: String(index),
  filename: name,
  ...(description !== undefined && { description: clip(description, LIMITS.altText) }),
});

/** Returns the response to an interaction as a request. */
export function answerRequest(response: APIInteractionResponse): RequestContent {
  if (!('data' in response) || !response.data) return { body: response };
  const { body, ...files } = messageRequest(response.data);
  return { body: { ...response, data: body }, ...files };
}
