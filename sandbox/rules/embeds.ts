import { z } from 'zod';
import { color, given, isoTime, mediaUrl, optionalText, text, url, wrong } from './fields.ts';

const webUrl = given(url(['http', 'https']));
const media = given(z.object({ url: mediaUrl }));

/** An embed within its limits (documentation: resources/message, "Embed Limits"). */
const embed = z
  .object({
    title: optionalText(256),
    description: optionalText(4096),
    url: webUrl,
    timestamp: given(isoTime),
    color: given(color),
    footer: given(z.object({ text: text(2048), icon_url: given(mediaUrl) })),
    author: given(z.object({ name: text(256), url: webUrl, icon_url: given(mediaUrl) })),
    image: media,
    thumbnail: media,
    fields: given(
      z.array(z.object({ name: text(256), value: text(1024), inline: given(z.boolean()) })).max(25),
    ),
  })
  .check((context) => {
    const { color: _color, timestamp: _timestamp, url: _url, ...shown } = context.value;
    if (Object.values(shown).some((part) => part !== undefined && part !== '')) return;
    wrong(context, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  });

export type Embed = z.output<typeof embed>;

/** All embeds of a message: ten at most, 6,000 characters in all. */
export const embeds = z
  .array(embed)
  .max(10)
  .check((context) => {
    const total = context.value.reduce((sum, one) => sum + embedLength(one), 0);
    if (total <= 6000) return;
    wrong(context, [], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  });

/** The characters that count towards the 6,000: title, description, fields, footer and author. */
function embedLength(one: Embed): number {
  const fields = (one.fields ?? []).flatMap((field) => [field.name, field.value]);
  const texts = [one.title, one.description, one.footer?.text, one.author?.name, ...fields];
  return texts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
}
