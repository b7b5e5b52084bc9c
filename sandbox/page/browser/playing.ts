import { html, nothing, type TemplateResult } from 'lit';
import { open, report, send, turn } from './actions.ts';
import { api } from './api.ts';
import { triangle } from './icons.ts';
import { guildOf, now, type State, set, timeOf } from './store.ts';
import { theme } from './theme.ts';

/** So long each step stands before the next. */
const READ_MS = 3500;

const DAY = 86_400_000;

/** How the address of a second sandbox says where one came from, and whether it plays the story. */
const STORY = '#scenario';
const BACK = 'back';

/** Opens another sandbox at an instant, beside this one, and goes there. */
async function openAnother(at: string, hash: string): Promise<void> {
  try {
    const { url } = await api.another(at);
    const from = { [BACK]: location.origin, theme: theme() };
    location.assign(`${url}/${hash}?${new URLSearchParams(from)}`);
  } catch (error) {
    report(error);
  }
}

/** What begins the story, while none is told. */
export function watchButton({ scenario, playing, turning }: State): TemplateResult | typeof nothing {
  if (!scenario || playing) return nothing;
  return html`<button type="button" class="button primary watch" ?disabled=${turning} @click=${() => openAnother(scenario.at, STORY)}>
    ${triangle} ${scenario.title}
  </button>`;
}

/** A way back to the day of the reader: the clock only goes forward, so it leads to a new sandbox. */
export function todayButton(state: State): TemplateResult | typeof nothing {
  const { playing, turning } = state;
  if (playing || Math.abs(timeOf(state) - Date.now()) < DAY) return nothing;
  return html`<button type="button" ?disabled=${turning} title="Opens a new sandbox whose clock shows today. This one stays."
    @click=${() => openAnother(new Date().toISOString(), '#today')}>Back to today</button>`;
}

/** The way back to the sandbox from which this one was opened. */
export const homeLink = ({ home }: State): TemplateResult | typeof nothing =>
  home ? html`<a class="button" href=${home}>Back to my sandbox</a>` : nothing;

/** In a world that was made for the story: begins to play it. */
export async function playIfAsked(): Promise<void> {
  const { scenario } = now();
  if (!location.hash.startsWith(STORY) || !scenario) return;
  const channel = guildOf(now())?.channels.find(({ name }) => name === scenario.channel);
  if (channel) await open(now().guild, channel.id);
  set({ playing: { scenario, taken: 0, running: false } });
  await play();
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Plays on, step after step, until the end or until it is paused. */
async function play(): Promise<void> {
  set({ playing: { ...playing(), running: true } });
  await step();
  if (playing().running && !ended()) timer = setTimeout(play, READ_MS);
  else pause();
}

function pause(): void {
  clearTimeout(timer);
  set({ playing: { ...playing(), running: false } });
}

/** Takes the next step of the story. */
async function step(): Promise<void> {
  const { scenario, taken } = playing();
  const next = scenario.steps[taken];
  if (!next) return;
  set({ playing: { ...playing(), taken: taken + 1 } });
  if (next.command) {
    const refusal = await send(next.command);
    if (refusal) set({ said: refusal });
  }
  if (next.to) await turn(next.to);
}

function playing() {
  const { playing } = now();
  if (!playing) throw new Error('No story is being played.');
  return playing;
}

const ended = () => playing().taken >= playing().scenario.steps.length;

/** The sandbox from which this one was opened; only an address on this machine. */
export function findHome(): string | undefined {
  const said = new URLSearchParams(location.hash.split('?')[1]).get(BACK);
  return said && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(said) ? said : undefined;
}

/** What is being told, and the buttons to go on. */
export function story(state: State): TemplateResult | typeof nothing {
  const { playing } = state;
  if (!playing) return nothing;
  const { scenario, taken, running } = playing;
  const over = taken >= scenario.steps.length;
  return html`<section class="story" aria-label=${scenario.title}>
    <p role="status"><b>${taken} of ${scenario.steps.length}</b> ${scenario.steps[taken - 1]?.say ?? scenario.title}</p>
    <div>
      ${
        over
          ? nothing
          : html`<button type="button" @click=${running ? pause : play}>${running ? 'Pause' : 'Play'}</button>
              <button type="button" ?disabled=${running} @click=${step}>Step</button>`
      }
      ${homeLink(state)}
    </div>
  </section>`;
}
