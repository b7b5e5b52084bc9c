import type { RawFile } from '@discordjs/rest';
import type { APIInteractionResponse } from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';

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
    body: { ...body, attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })) },
    files: files.map(({ name, type, text }) => ({ name, contentType: type, data: text })),
  };
}

/** Returns the response to an interaction as a request. */
export function answerRequest(response: APIInteractionResponse): RequestContent {
  if (!('data' in response) || !response.data) return { body: response };
  const { body, ...files } = messageRequest(response.data);
  return { body: { ...response, data: body }, ...files };
}
