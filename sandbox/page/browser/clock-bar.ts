import { html, nothing, type TemplateResult } from 'lit';
import { turn } from './actions.ts';
import { gear, hands, moon, sun } from './icons.ts';
import { isStill } from './motion.ts';
import { isNarrow } from './narrow.ts';
import { homeLink, todayButton } from './playing.ts';
import { togglePopoverAt } from './popover.ts';
import { format } from './stamps.ts';
import { now, type State, set, timeOf } from './store.ts';
import { switchTheme, theme } from './theme.ts';

const HOUR = 3_600_000;
const STEPS: readonly [label: string, name: string, ms: number][] = [
  ['+1 h', 'forward by an hour', HOUR],
  ['+1 day', 'forward by a day', 24 * HOUR],
  ['+1 week', 'forward by a week', 168 * HOUR],
];

/** The sandbox's time, and what turns it. */
export function clockBar(state: State): TemplateResult {
  return html`<header class="bar">
    <div class="clock" role="timer" aria-label="The sandbox's time">
      <span class="clock-day"></span> <span class="clock-time"></span>
    </div>
    ${isNarrow() ? folded(state) : unfolded(state)}
    <span class="spring"></span>
    <button type="button" class="icon-button" aria-label="Switch to ${theme() === 'dark' ? 'light' : 'dark'} colours" title="Light or dark"
      @click=${switchTheme}>${theme() === 'dark' ? sun : moon}</button>
    <button type="button" class="icon-button" aria-label="Test failures: permissions, channels, faults" title="Test failures"
      aria-expanded=${state.deskOpen} aria-controls="desk" @click=${() => set({ deskOpen: !state.deskOpen, drawer: null, said: '' })}>${gear}</button>
  </header>`;
}

/** What turns the clock, in a row. */
const unfolded = (state: State): TemplateResult =>
  html`<div class="turns" role="group" aria-label="Turn the clock">
      ${turns(state)}
      <button type="button" ?disabled=${isBusy(state)} popovertarget="to-date" @click=${togglePopoverAt}>To a date…</button>
      ${todayButton(state)} ${state.playing ? nothing : homeLink(state)}
    </div>
    <div id="to-date" class="panel" popover @toggle=${prefill}>${state.inDocument ? nothing : dateForm()}</div>`;

/** What turns the clock, behind one button: a phone has no room for a row. */
const folded = (state: State): TemplateResult =>
  html`<button type="button" class="icon-button" popovertarget="turns" aria-label="Turn the clock" title="Turn the clock"
      @click=${togglePopoverAt}>${hands}</button>
    <div id="turns" class="panel" popover @toggle=${prefill} @click=${closePanel}>
      <div class="turns" role="group" aria-label="Turn the clock">${turns(state)}</div>
      ${dateForm()}
      <div class="turns">${todayButton(state)} ${state.playing ? nothing : homeLink(state)}</div>
    </div>`;

const isBusy = ({ turning, playing }: State) => turning || (playing?.running ?? false);

function turns(state: State): TemplateResult {
  const by = (ms: number) => () => turn(new Date(timeOf(now()) + ms).toISOString());
  const busy = isBusy(state);
  return html`${STEPS.map(
    ([label, name, ms]) =>
      html`<button type="button" title=${name} aria-label=${`${label}: ${name}`} ?disabled=${busy} @click=${by(ms)}>${label}</button>`,
  )}
  <button type="button" class="next" ?disabled=${busy} @click=${() => turn('next post')}
    title="Forward to the next due post">Next post</button>`;
}

/** Closes the panel of a phone when one of its buttons was pressed: what happens is behind it. */
function closePanel({ currentTarget, target }: Event): void {
  if ((target as Element).closest('.turns button')) (currentTarget as HTMLElement).hidePopover();
}

/** Writes the sandbox's time into the date field of a panel that opens. */
function prefill(event: Event): void {
  const field = (event.currentTarget as HTMLElement).querySelector('input');
  if (!field || (event as ToggleEvent).newState !== 'open') return;
  field.value = localInput(timeOf(now()));
  if (!isNarrow()) field.focus();
}

function dateForm(): TemplateResult {
  const go = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const date = new Date(String(new FormData(form).get('date')));
    form.closest<HTMLElement>('[popover]')?.hidePopover();
    if (!Number.isNaN(date.getTime())) void turn(date.toISOString());
  };
  return html`<form class="to-date" @submit=${go} aria-label="Turn the clock to a date">
    <label>Forward to <input type="datetime-local" name="date" required></label>
    <button class="button primary">Turn</button>
  </form>`;
}

/** An instant as a date field takes it, in the reader's zone. */
function localInput(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** How long the hands run when the clock was turned. */
const RUN_MS = 700;

/** Writes the time into the bar, each frame while it runs to where it was turned and else each second. */
export function runClock(): void {
  let shown = timeOf(now());
  let from = shown;
  let since = 0;
  const frame = () => {
    const state = now();
    const target = timeOf(state);
    const passed = performance.now() - since;
    if (Math.abs(target - shown) > 90_000 && passed > RUN_MS && !isStill()) {
      from = shown;
      since = performance.now();
    }
    const part = Math.min(1, (performance.now() - since) / RUN_MS);
    shown = part < 1 && !isStill() ? from + (target - from) * (1 - (1 - part) ** 3) : target;
    write(shown, state.locale);
    if (part < 1) requestAnimationFrame(frame);
    else setTimeout(() => requestAnimationFrame(frame), 100);
  };
  frame();
}

function write(ms: number, locale: string): void {
  const put = (selector: string, text: string) => {
    const element = document.querySelector(selector);
    if (element && element.textContent !== text) element.textContent = text;
  };
  put(
    '.clock-day',
    format(ms, { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' }, locale),
  );
  put(
    '.clock-time',
    format(ms, { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }, locale),
  );
}
