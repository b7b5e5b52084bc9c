import type { APIEmbed } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { picture } from './media.ts';
import { sentAt } from './stamps.ts';
import { now, timeOf } from './store.ts';
import { text } from './text.ts';

/**
 * An embed. Titles are put into the component's slots rather than its attributes: there it shows no markdown, and would
 * fetch a picture from Discord for any word that looks like an emoji's id.
 */
export function embed(data: APIEmbed): TemplateResult {
  const { author, title, url, description, color, fields = [], image, thumbnail } = data;
  return html`<discord-embed slot="embeds" color=${color === undefined ? nothing : hex(color)}>
    ${
      author || title || description || thumbnail
        ? html`<discord-embed-description slot="description">
            ${thumbnail ? picture(thumbnail.url, '', 'thumbnail') : nothing}
            ${author ? html`<div class="embed-author">${linked(author.url, author.name)}</div>` : nothing}
            ${title ? html`<div class="embed-title">${linked(url, text(title))}</div>` : nothing}
            ${description ? html`<div>${text(description)}</div>` : nothing}
          </discord-embed-description>`
        : nothing
    }
    ${
      fields.length > 0
        ? html`<discord-embed-fields slot="fields">
            ${fields.map(
              ({ name, value, inline }, index) =>
                html`<discord-embed-field ?inline=${inline ?? false} inline-index=${inline ? column(fields, index) : nothing}>
                  ${name.replaceAll('\u200b', '').trim() ? html`<div class="field-title">${text(name)}</div>` : nothing}
                  <div>${text(value)}</div>
                </discord-embed-field>`,
            )}
          </discord-embed-fields>`
        : nothing
    }
    ${image ? html`<div slot="footer">${picture(image.url, 'Picture of the embed', 'embedded')}</div>` : nothing}
    ${footer(data)}
  </discord-embed>`;
}

/** A colour of Discord's, which is a number, as CSS writes it. */
export const hex = (color: number) => `#${color.toString(16).padStart(6, '0')}`;

const linked = (url: string | undefined, content: unknown) =>
  url && /^https?:/i.test(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${content}</a>`
    : content;

/** Which of three columns an inline field stands in: a row of them ends where a field is not inline. */
function column(fields: NonNullable<APIEmbed['fields']>, index: number): number {
  let place = 0;
  for (let at = index; at > 0 && fields[at - 1]?.inline; at--) place++;
  return (place % 3) + 1;
}

function footer({ footer: said, timestamp }: APIEmbed): TemplateResult | typeof nothing {
  if (!said && !timestamp) return nothing;
  const { locale } = now();
  const when = timestamp ? sentAt(Date.parse(timestamp), timeOf(now()), locale) : undefined;
  return html`<discord-embed-footer slot="footer"
    ><span>${[said?.text, when].filter(Boolean).join(' • ')}</span></discord-embed-footer
  >`;
}
