import { html, type TemplateResult } from 'lit';
import { turn } from './actions.ts';
import { gear, moon, sun } from './icons.ts';
import { isStill } from './motion.ts';
import { watchButton } from './playing.ts';
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
  const { turning, playing } = state;
  const by = (ms: number) => () => turn(new Date(timeOf(now()) + ms).toISOString());
  const busy = turning || (playing?.running ?? false);
  return html`<header class="bar">
    <div class="clock" role="timer" aria-label="The sandbox's time">
      <span class="clock-day"></span> <span class="clock-time"></span>
    </div>
    <div class="turns" role="group" aria-label="Turn the clock">
      ${STEPS.map(
        ([label, name, ms]) =>
          html`<button type="button" title=${name} aria-label=${`${label}: ${name}`} ?disabled=${busy} @click=${by(ms)}>${label}</button>`,
      )}
      <button type="button" class="next" ?disabled=${busy} @click=${() => turn('next post')}
        title="Forward to the next due post">Next post</button>
      <button type="button" ?disabled=${busy} popovertarget="to-date">To a date…</button>
    </div>
    ${watchButton(state)}
    <span class="spring"></span>
    <button type="button" class="icon-button" aria-label="Switch to ${theme() === 'dark' ? 'light' : 'dark'} colours" title="Light or dark"
      @click=${switchTheme}>${theme() === 'dark' ? sun : moon}</button>
    <button type="button" class="icon-button" aria-label="Test failures: permissions, channels, faults" title="Test failures"
      aria-expanded=${state.deskOpen} @click=${() => set({ deskOpen: !state.deskOpen, drawer: null, said: '' })}>${gear}</button>
    ${dateForm()}
  </header>`;
}

function dateForm(): TemplateResult {
  const go = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const date = new Date(String(new FormData(form).get('date')));
    form.hidePopover();
    if (!Number.isNaN(date.getTime())) void turn(date.toISOString());
  };
  const prefill = (event: Event) => {
    const field = (event.currentTarget as HTMLElement).querySelector('input');
    if (field && (event as ToggleEvent).newState === 'open') {
      field.value = localInput(timeOf(now()));
      field.focus();
    }
  };
  return html`<form id="to-date" popover @submit=${go} @toggle=${prefill} aria-label="Turn the clock to a date">
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
