import { z } from 'zod';
import {
  addIssue,
  color,
  isoTime,
  mediaUrl,
  optional,
  optionalTrimmedText,
  trimmedText,
  url,
} from './fields.ts';

const webUrl = optional(url(['http', 'https']));
const media = optional(z.object({ url: mediaUrl }));

/** An embed within its limits (documentation: resources/message, "Embed Limits"). */
const embedSchema = z
  .object({
    title: optionalTrimmedText(256),
    description: optionalTrimmedText(4096),
    url: webUrl,
    timestamp: optional(isoTime),
    color: optional(color),
    footer: optional(z.object({ text: trimmedText(2048), icon_url: optional(mediaUrl) })),
    author: optional(z.object({ name: trimmedText(256), url: webUrl, icon_url: optional(mediaUrl) })),
    image: media,
    thumbnail: media,
    fields: optional(
      z
        .array(z.object({ name: trimmedText(256), value: trimmedText(1024), inline: optional(z.boolean()) }))
        .max(25),
    ),
  })
  .check((context) => {
    const { color: _color, timestamp: _timestamp, url: _url, ...shown } = context.value;
    if (Object.values(shown).some((part) => part !== undefined && part !== '')) return;
    addIssue(context, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  });

/** An embed as parsed from the body of a request. */
export type Embed = z.output<typeof embedSchema>;

/** The embeds of a message: at most ten, with at most 6,000 characters in total. */
export const embedsSchema = z
  .array(embedSchema)
  .max(10)
  .check((context) => {
    const total = context.value.reduce((sum, embed) => sum + embedLength(embed), 0);
    if (total <= 6000) return;
    addIssue(context, [], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  });

/** Returns the characters that count towards the 6,000: title, description, fields, footer and author. */
function embedLength(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields];
  return texts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
}
