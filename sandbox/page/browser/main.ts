import { html, render } from 'lit';
import { open } from './actions.ts';
import { readFirstView } from './api.ts';
import { chat, stickToEnd } from './chat.ts';
import { clockBar, runClock } from './clock-bar.ts';
import { desk } from './desk.ts';
import { dialogs, openDialogs } from './dialogs.ts';
import { follow } from './live.ts';
import { playIfAsked, story } from './playing.ts';
import { sidebar } from './sidebar.ts';
import { begin, now, type State, set } from './store.ts';
import { beginTheme } from './theme.ts';
import { tweakComponents } from './tweaks.ts';

/** How often what is said relative to now is written again. */
const RELATIVE_MS = 30_000;

const root = document.querySelector<HTMLElement>('#app') as HTMLElement;
const stick = stickToEnd(root);

function show(state: State): void {
  document.title = `#${state.world.guilds.flatMap(({ channels }) => channels).find(({ id }) => id === state.channel)?.name ?? state.world.bot.name} – ${state.world.bot.name} in the sandbox`;
  render(
    html`${clockBar(state)} ${story(state)}
      <p class="said" role="status">${state.deskOpen ? '' : state.said}</p>
      <div class="body" data-desk=${state.deskOpen}>
        ${sidebar(state)}
        ${state.drawer ? html`<button type="button" class="veil" aria-label="Close" @click=${() => set({ drawer: null })}></button>` : ''}
        ${chat(state)} ${desk(state)}
      </div>
      ${dialogs(state)}`,
    root,
  );
  openDialogs(root);
  // The components draw themselves a moment later.
  requestAnimationFrame(stick);
}

async function start(): Promise<void> {
  tweakComponents();
  const { world, faults, scenario, history } = readFirstView();
  const [guild] = world.guilds;
  const channel = guild?.channels[0]?.id ?? 'dm';
  begin(
    {
      world,
      faults,
      scenario,
      clock: { now: Date.parse(world.now), heard: performance.now() },
      guild: guild?.id ?? '',
      channel,
      channelId: history?.channel ?? channel,
      me: guild?.owner ?? '',
      locale: 'en-US',
      messages: history?.messages ?? [],
      liveMessageCount: 0,
      notices: [],
      unread: new Map(),
      dismissed: new Set(),
      modal: null,
      request: null,
      drawer: null,
      deskOpen: false,
      connected: true,
      turning: false,
      said: '',
      playing: null,
    },
    show,
  );
  beginTheme();
  follow();
  runClock();
  setInterval(() => set({}), RELATIVE_MS);
  new ResizeObserver(stick).observe(root);
  addEventListener('hashchange', openMentioned);
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && now().drawer) set({ drawer: null });
  });
  markFirstView();
  // Where a touch would bring up a keyboard, the reader begins it.
  if (matchMedia('(hover: hover)').matches) document.querySelector<HTMLElement>('#command')?.focus();
  await playIfAsked();
}

/** Marks in the browser's trace when the first view was painted. */
function markFirstView(): void {
  requestAnimationFrame(() => setTimeout(() => performance.mark('first view')));
}

/** A mention of a channel leads there. */
function openMentioned(): void {
  const id = location.hash.slice(1);
  const guild = now().world.guilds.find(({ channels }) => channels.some((channel) => channel.id === id));
  if (!guild) return;
  history.replaceState(null, '', location.pathname);
  void open(guild.id, id);
}

await start();
