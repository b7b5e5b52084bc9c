import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { componentsV2Schema, legacyComponentsSchema } from './components.ts';
import { embedsSchema } from './embeds.ts';
import { addIssue, optional, snowflake, trimmedText } from './fields.ts';
import { unsupported } from './unsupported.ts';

/** The maximum size of an uploaded file in bytes (documentation: reference, "Uploading Files"). */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** The flags that a bot may set. */
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

/**
 * Who may be pinged (documentation: resources/message, "Allowed Mentions Object"). `parse` allows all mentions of a
 * type, `users` and `roles` list ids. Both cannot be used for the same type.
 */
const allowedMentionsSchema = z
  .object({
    parse: optional(z.array(z.enum(['roles', 'users', 'everyone']))),
    users: optional(z.array(snowflake).max(100)),
    roles: optional(z.array(snowflake).max(100)),
    replied_user: optional(z.boolean()),
  })
  .check((context) => {
    for (const key of ['users', 'roles'] as const) {
      if (!context.value.parse?.includes(key) || !context.value[key]?.length) continue;
      const message = `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`;
      addIssue(context, [], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
    }
  });
/** Parsed allowed mentions. */
export type AllowedMentions = z.output<typeof allowedMentionsSchema>;

const attachmentSchema = z.object({
  id: snowflake,
  filename: optional(trimmedText(1024)),
  description: optional(z.string().max(1024)),
});

const nonceSchema = z.union([
  z.int().transform(String),
  z.string().superRefine((value, context) => {
    if (value.length <= 25) return;
    const params = { code: 'BASE_TYPE_MAX_LENGTH' };
    context.addIssue({ code: 'custom', params, message: 'Must be 25 or fewer in length.' });
  }),
]);

const formSchema = z.object({
  content: optional(z.string().trim().max(2000)),
  embeds: optional(embedsSchema),
  allowed_mentions: optional(allowedMentionsSchema),
  components: z.unknown().optional(),
  attachments: optional(z.array(attachmentSchema).max(10)),
  flags: optional(z.int().min(0)),
  nonce: optional(nonceSchema),
  enforce_nonce: optional(z.boolean()),
  tts: optional(z.boolean()),
  message_reference: optional(
    z.object({
      type: optional(z.int().min(0).max(1)),
      message_id: snowflake,
      channel_id: optional(snowflake),
      guild_id: optional(snowflake),
      fail_if_not_exists: optional(z.boolean()),
    }),
  ),
  poll: unsupported('polls'),
  sticker_ids: unsupported('stickers'),
  shared_client_theme: unsupported('shared themes'),
});

/** The fields of a message that the sandbox reads. */
export const MESSAGE_FIELDS = Object.keys(formSchema.shape);

/** Replaces null by an empty value: in an edit null clears a field, in a new message it leaves the field out. */
function replaceNulls(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const empty: Record<string, unknown> = { content: '', embeds: [], components: [], attachments: [] };
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, value === null ? empty[key] : value]),
  );
}

const isV2 = (flags: number | undefined) => ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;

/**
 * Returns the schema of a body that creates a message, or edits one when `flagsBefore` (the message's flags) is given.
 * It does not refuse empty messages: whether one is empty depends on its attachments and on the message before an edit.
 */
export const createMessageFormSchema = (flagsBefore?: number) =>
  z
    .preprocess((body) => (flagsBefore === undefined ? body : replaceNulls(body)), formSchema)
    .transform((body) => ({ ...body, flags: ((body.flags ?? 0) & SETTABLE_FLAGS) | (flagsBefore ?? 0) }))
    .check((context) => {
      const { flags, content, embeds } = context.value;
      if (!isV2(flags)) return;
      for (const [field, value] of Object.entries({ content, embeds })) {
        if (value === undefined || value.length === 0) continue;
        const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
        addIssue(context, [field], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
      }
    })
    .transform((body, context) => {
      if (body.components === undefined || body.components === null)
        return { ...body, components: undefined };
      const schema = isV2(body.flags) ? componentsV2Schema : legacyComponentsSchema;
      const parsed = schema.safeParse(body.components, { reportInput: true });
      if (parsed.success) return { ...body, components: parsed.data };
      for (const issue of parsed.error.issues)
        context.issues.push({ ...issue, path: ['components', ...issue.path] } as never);
      return z.NEVER;
    });

/** A parsed body that creates or edits a message. */
export type MessageForm = z.output<ReturnType<typeof createMessageFormSchema>>;
