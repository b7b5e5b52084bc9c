import { html, render } from 'lit';
import { readFirstView } from './api.ts';
import { chat, loadMessageList } from './chat.ts';
import { clockBar, runClock } from './clock-bar.ts';
import { desk } from './desk.ts';
import { dialogs, openDialogs } from './dialogs.ts';
import { cross } from './icons.ts';
import { focusComposerIfTyping, pressKey } from './keys.ts';
import { followLink, jump } from './links.ts';
import { follow } from './live.ts';
import { onNarrowChange } from './narrow.ts';
import { findHome, playIfAsked, story } from './playing.ts';
import { keepInSight } from './scroll.ts';
import { sidebar } from './sidebar.ts';
import { begin, now, type State, set } from './store.ts';
import { beginTheme } from './theme.ts';

/** How often what is said relative to now is written again. */
const RELATIVE_MS = 30_000;

const root = document.querySelector<HTMLElement>('#app') as HTMLElement;
const stick = keepInSight(root);

function show(state: State): void {
  document.title = `#${state.world.guilds.flatMap(({ channels }) => channels).find(({ id }) => id === state.channel)?.name ?? state.world.bot.name} – ${state.world.bot.name} in the sandbox`;
  render(
    html`${clockBar(state)} ${story(state)}
      ${said(state)}
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

/** What the last thing done came to. It lies over the page, so that nothing moves. */
const said = ({ said: text, deskOpen }: State) =>
  html`<div class="said" ?hidden=${deskOpen || text === ''}>
    <span role="status">${deskOpen ? '' : text}</span>
    <button type="button" class="icon-button" aria-label="Dismiss" @click=${() => set({ said: '' })}>${cross}</button>
  </div>`;

async function start(): Promise<void> {
  const { world, faults, introduction, scenario, history } = readFirstView();
  const [guild] = world.guilds;
  const channel = guild?.channels[0]?.id ?? 'dm';
  begin(
    {
      world,
      faults,
      introduction,
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
      leaving: null,
      target: null,
      drawer: null,
      deskOpen: false,
      connected: true,
      turning: false,
      said: '',
      playing: null,
      home: findHome(),
    },
    show,
  );
  beginTheme();
  runClock();
  if (now().messages.length > 0) await loadMessageList();
  else afterPaint(loadMessageList);
  afterPaint(follow);
  setInterval(() => set({}), RELATIVE_MS);
  new ResizeObserver(stick).observe(root);
  onNarrowChange(() => set({}));
  addEventListener('hashchange', openMentioned);
  root.addEventListener('click', followLink);
  addEventListener('keydown', pressKey);
  // Where a touch would bring up a keyboard, the reader begins it.
  afterPaint(focusComposerIfTyping);
  await playIfAsked();
}

/** Does something in the second frame: the first view must not wait for it. */
const afterPaint = (act: () => void) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)));

/** A mention of a channel leads there. */
function openMentioned(): void {
  const { hash } = location;
  if (!/^#\d+$/.test(hash)) return;
  history.replaceState(null, '', location.pathname);
  void jump(hash.slice(1));
}

void start();
