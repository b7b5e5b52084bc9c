import { z } from 'zod';

/** Adds an issue with Discord's own error code to a zod check. */
export function addIssue<T>(
  context: z.core.ParsePayload<T>,
  path: PropertyKey[],
  code: string,
  message: string,
): void {
  context.issues.push({ code: 'custom', input: context.value, path, params: { code }, message });
}

/** A field that may be missing or null. Both become undefined, as on Discord. */
export const optional = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => value ?? undefined);

/** Turns a whole number into a string. Discord takes ids and permissions as either. */
const numberToString = (value: unknown) => (Number.isInteger(value) ? String(value) : value);

/** A Discord id. */
export const snowflake = z.preprocess(
  numberToString,
  z.string().superRefine((value, context) => {
    if (/^\d{1,20}$/.test(value)) return;
    const message = `Value "${value}" is not snowflake.`;
    context.addIssue({ code: 'custom', params: { code: 'NUMBER_TYPE_COERCE' }, message });
  }),
);

/** Permissions as a number of bits (documentation: topics/permissions). */
export const permissionBits = z.preprocess(numberToString, z.string().regex(/^\d+$/));

/** A boolean of a query. A field without a value is false. */
export const queryBoolean = optional(
  z.string().transform((value, context) => {
    if (/^(true|1)$/i.test(value)) return true;
    if (/^(false|0)$/i.test(value)) return false;
    const message = 'Must be either true or false.';
    context.addIssue({ code: 'custom', params: { code: 'BOOLEAN_TYPE_CONVERT' }, message });
    return z.NEVER;
  }),
).transform((value) => value ?? false);

/** Text of 1 to `max` characters. Discord trims it before it measures the length. */
export const trimmedText = (max: number) => z.string().trim().min(1).max(max);

/** As `trimmedText`, but may be empty or missing. */
export const optionalTrimmedText = (max: number) => optional(z.string().trim().max(max));

/** The `custom_id` of a component or a modal. */
export const customId = z.string().min(1).max(100);

/** A colour as an RGB number. */
export const color = z.int().min(0).max(0xff_ff_ff);

/** An ISO 8601 date and time, with or without an offset. */
export const isoTime = z.iso.datetime({ offset: true, local: true });

/** A URL with one of the `schemes`, such as `https`. */
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
        const message = `Scheme "${parsed.protocol.slice(0, -1)}" must be one of (${schemes.map((scheme) => `'${scheme}'`).join(', ')}).`;
        context.addIssue({ code: 'custom', params: { code: 'URL_TYPE_INVALID_SCHEME' }, message });
      }
    });

/** The URL of an image: on the web, or an attachment of the same message (`attachment://name`). */
export const mediaUrl = url(['http', 'https', 'attachment']);
