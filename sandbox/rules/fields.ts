import { z } from 'zod';

/** Adds Discord's own code for what is wrong to a zod check. */
export function addIssue<T>(
  context: z.core.ParsePayload<T>,
  path: PropertyKey[],
  code: string,
  message: string,
): void {
  context.issues.push({ code: 'custom', input: context.value, path, params: { code }, message });
}

/** An id. */
export const snowflake = z.string().superRefine((value, context) => {
  if (/^\d{1,20}$/.test(value)) return;
  const message = `Value "${value}" is not snowflake.`;
  context.addIssue({ code: 'custom', params: { code: 'NUMBER_TYPE_COERCE' }, message });
});

/** A field that may be missing or null: Discord takes both for "not given". */
export const optional = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => value ?? undefined);

/** Text that Discord trims before it measures it, and that must not be empty then. */
export const trimmedText = (max: number) => z.string().trim().min(1).max(max);

/** Text that may be empty. */
export const optionalTrimmedText = (max: number) => optional(z.string().trim().max(max));

/** The id that a script or button gives itself. */
export const customId = z.string().min(1).max(100);

/** A colour as a number. */
export const color = z.int().min(0).max(0xff_ff_ff);

/** A point in time, with whatever offset. */
export const isoTime = z.iso.datetime({ offset: true, local: true });

/** An address; `schemes` says which kinds. */
export const url = (schemes: readonly string[], max = 2048) =>
  z
    .string()
    .max(max)
    .superRefine((value, context) => {
      const parsed = URL.parse(value);
      if (!parsed) {
        context.addIssue({
          code: 'custom',
          params: { code: 'URL_TYPE_INVALID_URL' },
          message: 'Not a well formed URL.',
        });
      } else if (!schemes.includes(parsed.protocol.slice(0, -1))) {
        const message = `Scheme "${parsed.protocol.slice(0, -1)}" must be one of (${schemes.map((s) => `'${s}'`).join(', ')}).`;
        context.addIssue({ code: 'custom', params: { code: 'URL_TYPE_INVALID_SCHEME' }, message });
      }
    });

/** Where an image may come from: the web, or a file of the same message. */
export const mediaUrl = url(['http', 'https', 'attachment']);
