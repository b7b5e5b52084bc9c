import type { APIAttachment } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { saveAttachment } from '../world/attachments.ts';
import type { Channel } from '../world/types.ts';

/** The files that a user gives with a call, for options and fields that take one. Their content is text, or bytes in base64. */
export const filesSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      text: z.string().optional(),
      base64: z.base64().optional(),
      type: z.string().optional(),
    }),
  )
  .default([]);

/** Files as a script gives them. */
export type GivenFiles = z.input<typeof filesSchema>;

/** Saves the file with this name, and returns it as an attachment; undefined when none was given. */
export type Attach = (name: string) => APIAttachment | undefined;

/** Returns how files become attachments of an interaction in a channel. */
export function createAttach(
  { world, files, host }: Pick<Services, 'world' | 'files' | 'host'>,
  channel: Channel,
  given: z.output<typeof filesSchema>,
): Attach {
  return (name) => {
    const file = given.find((candidate) => candidate.name === name);
    if (!file) return undefined;
    const bytes =
      file.base64 === undefined ? Buffer.from(file.text ?? '') : Buffer.from(file.base64, 'base64');
    const type = file.type ?? (file.base64 === undefined ? 'text/plain' : 'application/octet-stream');
    const url = `http://${host()}/attachments/${channel.id}`;
    const upload = { key: '0', name, type, bytes };
    return { ...saveAttachment(files, { upload, id: world.nextId(), url }), ephemeral: true };
  };
}
