import type { RawFile } from '@discordjs/rest';
import type { APIInteractionResponse } from 'discord-api-types/v10';
import type { CardFile } from '../../answers/card.ts';

/** What the REST client sends: JSON, and files beside it as a form. */
export interface Sent {
  body: object;
  files?: RawFile[];
}

/** A message as a request: its files beside it, and named in it by their numbers. Docs: "Reference", uploading files. */
export function messageRequest(message: object): Sent {
  const { files = [], ...body } = message as { files?: readonly CardFile[] };
  if (files.length === 0) return { body };
  return {
    body: { ...body, attachments: files.map(({ name }, at) => ({ id: String(at), filename: name })) },
    files: files.map(({ name, type, text }) => ({ name, contentType: type, data: text })),
  };
}

/** The answer to an interaction as a request. */
export function answerRequest(response: APIInteractionResponse): Sent {
  if (!('data' in response) || !response.data) return { body: response };
  const { body, ...files } = messageRequest(response.data);
  return { body: { ...response, data: body }, ...files };
}
