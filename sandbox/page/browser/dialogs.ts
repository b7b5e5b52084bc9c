import { html, nothing, type TemplateResult } from 'lit';
import { submit } from './actions.ts';
import type { Component } from './components.ts';
import { ComponentType } from './discord.ts';
import { cross } from './icons.ts';
import { isOfDiscord } from './links.ts';
import { now, type State, set } from './store.ts';
import { text } from './text.ts';

/** What stands before everything else: a modal of the bot, or the request behind a message. */
export const dialogs = (state: State): TemplateResult =>
  html`${modal(state)}${request(state)}${leaving(state)}`;

/** Opens a dialog when it comes into the page: `showModal` keeps the focus in it and gives it back. */
export function openDialogs(root: HTMLElement): void {
  for (const dialog of root.querySelectorAll<HTMLDialogElement>('dialog:not([open])')) dialog.showModal();
}

/** The JSON as the bot sent it. */
function request({ request: shown }: State): TemplateResult | typeof nothing {
  if (!shown) return nothing;
  const json = JSON.stringify(shown.request, null, 2);
  const close = () => set({ request: null });
  return html`<dialog class="request" aria-labelledby="request-title" @close=${close}>
    <header>
      <h2 id="request-title">What the bot sent</h2>
      <button type="button" class="icon-button" aria-label="Close" @click=${close}>${cross}</button>
    </header>
    <pre tabindex="0" aria-label="JSON of the request">${json}</pre>
  </dialog>`;
}

/** Where a link leads that leaves the sandbox. Addresses of Discord are only shown: what they name is in the sandbox alone. */
function leaving({ leaving: address, world }: State): TemplateResult | typeof nothing {
  if (address === null) return nothing;
  const close = () => set({ leaving: null });
  const ofDiscord = isOfDiscord(address);
  return html`<dialog class="leaving" aria-labelledby="leaving-title" @close=${close}>
    <header>
      <h2 id="leaving-title">${ofDiscord ? 'A link into Discord' : 'A link out of the sandbox'}</h2>
      <button type="button" class="icon-button" aria-label="Close" @click=${close}>${cross}</button>
    </header>
    <p>
      ${
        ofDiscord
          ? `On Discord it would open this address. ${world.bot.name} in the sandbox does not exist there.`
          : 'It leads to this address:'
      }
    </p>
    <p class="address">${address}</p>
    <footer>
      <button type="button" class="text-button" @click=${close}>Stay here</button>
      ${
        ofDiscord
          ? nothing
          : html`<a class="button primary" href=${address} target="_blank" rel="noopener noreferrer" @click=${close}>Open in a new tab</a>`
      }
    </footer>
  </dialog>`;
}

let refusal = '';

/** A form that the bot put before the person. */
function modal({ modal: reply }: State): TemplateResult | typeof nothing {
  if (!reply?.modal) return nothing;
  const close = () => {
    refusal = '';
    set({ modal: null });
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const fields: Record<string, string | string[]> = {};
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    // What is emptied is sent as empty: a field that is left out stays as it was opened.
    for (const { name } of form.querySelectorAll<HTMLSelectElement>('select[multiple]')) fields[name] = [];
    for (const name of new Set(data.keys())) {
      const values = data.getAll(name).map(String);
      fields[name] = values.length === 1 ? (values[0] ?? '') : values;
    }
    refusal = (await submit(fields)) ?? '';
    set({});
  };
  return html`<dialog class="modal" aria-labelledby="modal-title" @close=${close}>
    <form @submit=${send}>
      <header>
        <h2 id="modal-title">${reply.modal.title}</h2>
        <button type="button" class="icon-button" aria-label="Close" @click=${close}>${cross}</button>
      </header>
      ${(reply.modal.components as ModalPart[]).map(part)}
      <p class="error" role="alert">${refusal}</p>
      <footer>
        <button type="button" class="text-button" @click=${close}>Cancel</button>
        <button class="button primary">Submit</button>
      </footer>
    </form>
  </dialog>`;
}

interface ModalPart extends Component {
  readonly component?: ModalPart;
  readonly value?: string;
  readonly required?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  /** Whether a checkbox is ticked when the form opens. */
  readonly default?: boolean;
  readonly default_values?: readonly { id: string }[];
}

/** A part of a modal. A field stands in a label of its own, or, in older modals, in a row and is labelled itself. */
function part(component: ModalPart): TemplateResult | typeof nothing {
  if (component.type === ComponentType.TextDisplay) return html`<div>${text(component.content)}</div>`;
  if (component.type === ComponentType.ActionRow)
    return html`${(component.components ?? []).map((inner) => field(inner, inner.label))}`;
  const { component: inner, label, description } = component;
  if (inner?.type === ComponentType.FileUpload)
    return html`<div class="modal-field"><span>${label}</span><small>Files can be given with POST /sandbox/modal.</small></div>`;
  return inner ? field(inner, label, description) : nothing;
}

function field(component: ModalPart, label = '', description?: string | null): TemplateResult {
  const {
    custom_id: name = '',
    required = true,
    placeholder = '',
    value = '',
    min_length,
    max_length = 4000,
  } = component;
  const several = (component.max_values ?? 1) > 1;
  const chosen = chosenIn(component);
  return html`<label class="modal-field"
    ><span>${label}${required ? html`<span class="required" aria-hidden="true"> *</span>` : nothing}</span>
    ${description ? html`<small>${description}</small>` : nothing}
    ${
      component.type !== ComponentType.TextInput
        ? html`<select name=${name} ?required=${required} ?multiple=${several}>
            ${required || several ? nothing : html`<option value="">${placeholder || 'None'}</option>`}
            ${choices(component).map(
              ([id, shown]) => html`<option value=${id} ?selected=${chosen.includes(id)}>${shown}</option>`,
            )}
          </select>`
        : component.style === 2
          ? html`<textarea name=${name} rows="4" ?required=${required} placeholder=${placeholder} minlength=${min_length ?? nothing} maxlength=${max_length} .value=${value}></textarea>`
          : html`<input name=${name} ?required=${required} placeholder=${placeholder} minlength=${min_length ?? nothing} maxlength=${max_length} .value=${value}>`
    }</label
  >`;
}

/** What is chosen in a field when the form opens. */
const chosenIn = ({
  type,
  default: ticked = false,
  default_values = [],
  options = [],
}: ModalPart): string[] =>
  type === ComponentType.Checkbox
    ? [String(ticked)]
    : [
        ...default_values.map(({ id }) => id),
        ...options.filter((option) => option.default).map((option) => option.value),
      ];

function choices({ type, options = [] }: ModalPart): [id: string, shown: string][] {
  const guild = now().world.guilds.find(({ id }) => id === now().guild);
  const of = (things: readonly { id: string; name: string }[] = []): [string, string][] =>
    things.map(({ id, name }) => [id, name]);
  if (type === ComponentType.Checkbox)
    return [
      ['true', 'Yes'],
      ['false', 'No'],
    ];
  if (type === ComponentType.ChannelSelect) return of(guild?.channels);
  if (type === ComponentType.RoleSelect) return of(guild?.roles);
  if (type === ComponentType.UserSelect) return of(guild?.members);
  return options.map(({ value, label }) => [value, label]);
}
