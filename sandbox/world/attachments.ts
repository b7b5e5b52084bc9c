import type { APIAttachment } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import { MAX_FILE_BYTES } from '../rules/message.ts';
import type { FileStore, Upload } from './files.ts';

/** A file that becomes an attachment. */
interface NewAttachment {
  readonly upload: Upload;
  readonly id: string;
  /** The URL below which it is served. */
  readonly url: string;
  /** What the request says of the file. */
  readonly details?: { filename?: string | undefined; description?: string | undefined } | undefined;
}

/** Saves a file and returns the attachment. Throws Discord's error for one that is too large. */
export function saveAttachment(files: FileStore, attachment: NewAttachment): APIAttachment {
  const { upload, id, details } = attachment;
  if (upload.bytes.length > MAX_FILE_BYTES) throw createDiscordError('tooLarge');
  const filename = (details?.filename ?? upload.name).replaceAll(/[^\w.-]+/g, '_');
  files.save(id, upload.bytes);
  const url = `${attachment.url}/${id}/${filename}`;
  return {
    id,
    filename,
    size: upload.bytes.length,
    url,
    proxy_url: url,
    ...(upload.type ? { content_type: upload.type } : {}),
    ...(details?.description ? { description: details.description } : {}),
  };
}
