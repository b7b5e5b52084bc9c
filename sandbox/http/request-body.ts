import type { Context } from 'hono';
import { createDiscordError } from '../rules/errors.ts';
import { parseExactJson } from '../rules/exact-json.ts';
import type { Upload } from '../world/files.ts';

/** The JSON and the uploaded files of a request. */
export interface RequestBody {
  readonly json: unknown;
  readonly uploads: readonly Upload[];
}

/**
 * Reads a body that the bot sent: JSON, or a form with `payload_json` and `files[n]` (documentation: reference, "Uploading
 * Files"). Throws Discord's error for invalid JSON.
 */
export async function readBody(request: Request | Response): Promise<RequestBody> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return { json: parseJson(await request.text()), uploads: [] };
  const form = await request.formData();
  const payload = form.get('payload_json');
  const files = [...form].flatMap(([field, value]) => {
    const key = /^files?\[?(\d*)\]?$/.exec(field)?.[1];
    return key !== undefined && typeof value !== 'string' ? [{ key, file: value }] : [];
  });
  const uploads = files.map(async ({ key, file }) => ({
    key,
    name: file.name,
    type: file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  }));
  const json =
    typeof payload === 'string'
      ? parseJson(payload)
      : Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  return { json, uploads: await Promise.all(uploads) };
}

/** Reads the body of a request to the API, as `readBody` does, and keeps its JSON for the middleware. */
export async function readRequest(context: Context): Promise<RequestBody> {
  const body = await readBody(context.req.raw);
  context.set('json', body.json);
  return body;
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return parseExactJson(text);
  } catch {
    throw createDiscordError('invalidJson');
  }
}
