import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { click } from './actions.ts';
import { ComponentType as Type } from './discord.ts';
import { hex } from './embed.ts';
import { leaving } from './icons.ts';
import { attachment, picture } from './media.ts';
import { guildOf, now } from './store.ts';
import { text } from './text.ts';

/** A component of a message, of any type: the fields that the page looks at. */
export interface Component {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly style?: number;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly emoji?: { readonly name?: string };
  readonly placeholder?: string;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly options?: readonly Choice[];
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly content?: string;
  readonly accent_color?: number | null;
  readonly items?: readonly { media: { url: string }; description?: string | null }[];
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
  readonly divider?: boolean;
  readonly spacing?: number;
  readonly description?: string | null;
}

interface Choice {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly default?: boolean;
  readonly emoji?: { readonly name?: string };
}

const STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link', 'premium'];

/** A component of a message, with everything in it. */
export function component(message: string, data: Component): TemplateResult | typeof nothing {
  const inside = () => (data.components ?? []).map((inner) => component(message, inner));
  switch (data.type) {
    case Type.ActionRow:
      return html`<discord-action-row>${inside()}</discord-action-row>`;
    case Type.Button:
      return button(message, data);
    case Type.StringSelect:
    case Type.UserSelect:
    case Type.RoleSelect:
    case Type.MentionableSelect:
    case Type.ChannelSelect:
      return select(message, data);
    case Type.TextDisplay:
      return html`<div class="text-display">${text(data.content)}</div>`;
    case Type.Section:
      return html`<div class="section">
        <div>${inside()}</div>
        ${data.accessory ? component(message, data.accessory) : nothing}
      </div>`;
    case Type.Container:
      return html`<div class="container" style=${styleMap({ borderLeftColor: data.accent_color ? hex(data.accent_color) : null })}>
        ${inside()}
      </div>`;
    case Type.Separator:
      return html`<hr class="separator ${data.spacing === 2 ? 'large' : ''} ${data.divider === false ? 'bare' : ''}">`;
    case Type.File:
      return data.file ? fileOf(message, data.file.url) : nothing;
    case Type.MediaGallery:
      return html`<div class="gallery">
        ${(data.items ?? []).map(({ media, description }) => picture(media.url, description ?? 'Picture', 'attached'))}
      </div>`;
    case Type.Thumbnail:
      return data.media ? picture(data.media.url, data.description ?? '', 'thumbnail') : nothing;
    default:
      return nothing;
  }
}

/** A file that the message brings along, at its place among the components. */
function fileOf(message: string, url: string): TemplateResult | typeof nothing {
  const shown = now().messages.find((candidate) => candidate.message.id === message);
  const found = shown?.message.attachments.find((candidate) => candidate.url === url);
  return found ? attachment(found) : nothing;
}

function button(
  message: string,
  { custom_id, label, style = 2, url, disabled, emoji }: Component,
): TemplateResult {
  const content = html`${emoji?.name ? html`<span class="emoji">${emoji.name}</span>` : nothing}${label}`;
  if (url) {
    return html`<a class="button secondary" href=${url} target="_blank" rel="noopener noreferrer"
      >${content}${leaving}</a
    >`;
  }
  const press = () => void click(message, custom_id ?? '');
  return html`<button type="button" class="button ${STYLES[style] ?? 'secondary'}" ?disabled=${disabled} @click=${press}>
    ${content}
  </button>`;
}

/** A select menu: one value is chosen at once, several are ticked and then confirmed. */
function select(message: string, data: Component): TemplateResult {
  const { custom_id = '', placeholder = 'Make a selection', disabled, max_values = 1 } = data;
  const choices = choicesOf(data);
  if (max_values === 1) {
    const choose = ({ currentTarget }: Event) => {
      const { value } = currentTarget as HTMLSelectElement;
      if (value) void click(message, custom_id, [value]);
    };
    return html`<select class="select" aria-label=${placeholder} ?disabled=${disabled} @change=${choose}>
      ${choices.some((choice) => choice.default) ? nothing : html`<option value="" selected>${placeholder}</option>`}
      ${choices.map(
        ({ label, value, description, default: chosen = false }) =>
          html`<option value=${value} ?selected=${chosen}>${label}${description ? ` – ${description}` : ''}</option>`,
      )}
    </select>`;
  }
  const confirm = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void click(message, custom_id, new FormData(form).getAll('value').map(String));
    form.closest('details')?.removeAttribute('open');
  };
  return html`<details class="select-many">
    <summary class="select">${placeholder}</summary>
    <form @submit=${confirm}>
      ${choices.map(
        ({ label, value, description, default: chosen = false }) =>
          html`<label><input type="checkbox" name="value" value=${value} ?checked=${chosen}> ${label}
            ${description ? html`<small>${description}</small>` : nothing}</label>`,
      )}
      <button class="button primary" ?disabled=${disabled}>Choose</button>
    </form>
  </details>`;
}

function choicesOf({ type, options = [] }: Component): readonly Choice[] {
  const guild = guildOf(now());
  const choices = (things: readonly { id: string; name: string }[] = [], before = '') =>
    things.map(({ id, name }) => ({ value: id, label: `${before}${name}` }));
  switch (type) {
    case Type.UserSelect:
      return choices(guild?.members, '@');
    case Type.RoleSelect:
      return choices(guild?.roles, '@');
    case Type.MentionableSelect:
      return [...choices(guild?.members, '@'), ...choices(guild?.roles, '@')];
    case Type.ChannelSelect:
      return choices(guild?.channels, '#');
    default:
      return options;
  }
}
