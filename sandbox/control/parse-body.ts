import { z } from 'zod';
import { ControlError } from './errors.ts';

/** Returns the parsed JSON body of a control call. Throws a ControlError that says what is wrong with it. */
export async function parseBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const text = await request.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ControlError('The body of this call is JSON.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ControlError(z.prettifyError(parsed.error).replaceAll('\n', ' '));
}
