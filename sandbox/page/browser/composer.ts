import { html, nothing, type TemplateResult } from 'lit';
import { send } from './actions.ts';
import { holds } from './discord.ts';
import { plane } from './icons.ts';
import { type Item, itemsFor } from './items.ts';
import { leaveLines, type Picked, recallLine, rememberLine } from './sent-lines.ts';
import { guildOf, now, type State, set } from './store.ts';
import { type Line, localized, nextRequired, parseLine, type Typeable, typeables } from './suggest.ts';

/** What is being typed. Values that were picked keep what they stand for, as Discord's pills do. */
let typed = '';
let open = false;
let active = -1;
let items: readonly Item[] = [];
let error = '';
let asked = 0;
const picked = new Map<string, Picked>();

let seen: State['world'] | undefined;

const input = () => document.querySelector<HTMLInputElement>('#command');
const redraw = () => set({});

function known(): Typeable[] {
  const { world, guild, channel, locale } = now();
  return typeables(world.commands, channel === 'dm' ? null : guild, locale);
}

const lineOf = (): Line => parseLine(typed, known());

/** Whether the reader may use a command. */
function allowed({ needs }: Typeable): boolean {
  const state = now();
  const member = guildOf(state)?.members.find(({ id }) => id === state.me);
  return needs === null || state.channel === 'dm' || !member || holds(member.permissions, needs);
}

/** Looks up what can follow. What arrives after something else was typed is thrown away. */
async function look(): Promise<void> {
  const ask = ++asked;
  const line = lineOf();
  const found = await itemsFor(
    typed,
    line,
    known(),
    new Map([...picked].map(([option, choice]) => [option, choice.name])),
  );
  if (ask !== asked) return;
  items = found;
  active = found.findIndex(({ first }) => first);
  redraw();
}

function change(text: string): void {
  leaveLines();
  write(text);
  open = true;
  void look();
}

/** Puts a text into the input. */
function write(text: string): void {
  typed = text;
  error = '';
  const field = input();
  if (field && field.value !== text) {
    field.value = text;
    field.setSelectionRange(text.length, text.length);
  }
  if (!text.startsWith('/')) items = [];
}

function accept(item: Item): void {
  if (item.picked) picked.set(item.picked.option, item.picked);
  let text = item.text;
  const line = parseLine(text, known());
  const next = item.complete ? nextRequired(line) : undefined;
  if (next) text = `${text.trimEnd()} ${next.name}:`;
  change(text);
  input()?.focus();
}

async function submit(): Promise<void> {
  const line = parseLine(`${typed.trimEnd()} `, known());
  if (typed.trim() === '') return;
  if (line.query === undefined) {
    error = 'Only commands are sent here. Begin with / to see them.';
    return redraw();
  }
  const lacking = line.command && nextRequired(line);
  if (lacking) {
    const there = line.given.some(({ option }) => option.name === lacking.name);
    if (!there) change(`${typed.trimEnd()} ${lacking.name}:`);
    error = `${lacking.name}: This option is required. Specify a value`;
    return redraw();
  }
  const sent = typed;
  const text = withValues(line);
  rememberLine(sent, picked);
  change('');
  open = false;
  picked.clear();
  const refusal = await send(text);
  if (refusal === undefined) return;
  // What was refused stands in the input again, to be mended; unless something else was begun meanwhile.
  if (typed === '') change(sent);
  open = false;
  error = refusal;
  redraw();
}

/** The line to send: names that were picked replaced by what they stand for. */
function withValues({ command, given }: Line): string {
  if (!command) return typed;
  const options = given.map(({ option, value }) => {
    const pick = picked.get(option.name);
    return `${option.name}:${pick?.name === value ? pick.value : value}`;
  });
  return [`/${command.path}`, ...options].join(' ');
}

function press(event: KeyboardEvent): void {
  if (event.isComposing || !handleKey(event)) return;
  event.preventDefault();
  redraw();
  queueMicrotask(() =>
    document.querySelector('#suggestions [aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
  );
}

/** Does what a key means in the command input. Returns whether it means anything. */
function handleKey({ key, shiftKey }: KeyboardEvent): boolean {
  const isListed = open && items.length > 0;
  const chosen = isListed ? items[active] : undefined;
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      return moveTo(key === 'ArrowDown' ? 1 : -1);
    case 'Tab':
      if (!isListed || shiftKey) return false;
      accept(chosen ?? (items[0] as Item));
      return true;
    case 'Enter':
      if (chosen) accept(chosen);
      else void submit();
      return true;
    case 'Escape': {
      // This also drops suggestions that are still being requested.
      const wasOpen = open;
      open = false;
      return wasOpen;
    }
    default:
      return false;
  }
}

/** Puts a line that was sent into the input again. Returns whether there is one. */
function recall(step: 1 | -1): boolean {
  const line = recallLine(typed, step);
  if (!line) return false;
  write(line.text);
  // The arrow keys go through the lines, not through suggestions for them.
  open = false;
  picked.clear();
  for (const [option, choice] of line.picked) picked.set(option, choice);
  return true;
}

/** Selects a suggestion, or puts a line that was sent into the input. Returns whether there is one. */
function moveTo(step: 1 | -1): boolean {
  if (!open || items.length === 0) return recall(step);
  moveSelection(step);
  return true;
}

/** Selects the next or the previous suggestion. At the end of the list it starts again. */
function moveSelection(step: 1 | -1): void {
  const start = active < 0 && step < 0 ? 0 : active;
  active = (start + step + items.length) % items.length;
}

const mirrorScroll = ({ currentTarget }: Event) => {
  const field = currentTarget as HTMLInputElement;
  const mirror = field.parentElement?.querySelector<HTMLElement>('.mirror');
  if (mirror) mirror.style.translate = `${-field.scrollLeft}px`;
};

/** The input of a channel, with what can be typed next above it. */
export function composer(state: State, name: string): TemplateResult {
  const line = lineOf();
  // The commands may have changed under what is being typed.
  if (open && seen !== state.world) void look();
  seen = state.world;
  const listed = open && items.length > 0;
  return html`<div class="composer">
    ${listed ? list() : nothing}
    ${hint(state, line)}
    <div class="error" role="alert">${error}</div>
    <div class="field">
      <button class="icon-button slash" type="button" aria-label="List the commands"
        @click=${() => {
          change('/');
          input()?.focus();
        }}>/</button>
      <div class="typed">
        <div class="mirror" aria-hidden="true">${mirror(line)}</div>
        <input id="command" type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-label="Message ${state.channel === 'dm' ? '@' : '#'}${name}"
          aria-expanded=${listed} aria-controls="suggestions" aria-autocomplete="list"
          aria-activedescendant=${listed && active >= 0 ? `suggestion-${active}` : nothing}
          aria-describedby="command-hint"
          placeholder="Message ${state.channel === 'dm' ? '@' : '#'}${name}: type /"
          @input=${({ currentTarget }: Event) => change((currentTarget as HTMLInputElement).value)}
          @keydown=${press} @scroll=${mirrorScroll}
          @focus=${() => {
            open = true;
            redraw();
          }}
          @blur=${() => {
            open = false;
            redraw();
          }}>
      </div>
      <button class="icon-button send" type="button" aria-label="Send" ?disabled=${typed.trim() === ''} @click=${submit}>${plane}</button>
    </div>
  </div>`;
}

/** What was typed once more, behind the input, with options and values set off as Discord does. */
function mirror({ command, given }: Line): TemplateResult {
  if (!command) return html`${typed}`;
  const head = typed.slice(0, given[0]?.start ?? typed.length);
  return html`<b>${head}</b>${given.map(
    ({ start, valueStart, end }) =>
      html`<span class="pill"><span class="pill-name">${typed.slice(start, valueStart)}</span>${typed.slice(valueStart, end).trimEnd()}</span
        >${/\s*$/.exec(typed.slice(valueStart, end))?.[0]}`,
  )}`;
}

function list(): TemplateResult {
  return html`<ul id="suggestions" role="listbox" aria-label="Suggestions">
    ${items.map(
      (item, index) => html`<li id="suggestion-${index}" role="option" aria-selected=${index === active}
        class=${item.kind}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => accept(item)}>
        <span class="suggestion-name">${item.label}</span>
        ${item.required ? html`<span class="tag">required</span>` : nothing}
        ${item.command && !allowed(item.command) ? html`<span class="tag">admins only</span>` : nothing}
        <span class="suggestion-about">${item.about}</span>
      </li>`,
    )}
  </ul>`;
}

/** What the option at the end of the line is for, and what else could be said. */
function hint({ locale }: State, line: Line): TemplateResult {
  const last = line.given.at(-1)?.option;
  const content = last
    ? html`<b>${last.name}</b> ${localized(last, locale)}`
    : line.command
      ? html`<b>/${line.command.path}</b> ${line.command.description}`
      : nothing;
  return html`<div id="command-hint" ?hidden=${content === nothing || error !== ''}>${content}</div>`;
}
