import { html, type TemplateResult } from 'lit';
import type { FirstView } from './api.ts';
import { chat } from './chat.ts';
import { clockBar } from './clock-bar.ts';
import { desk } from './desk.ts';
import { dialogs } from './dialogs.ts';
import { cross } from './icons.ts';
import { findHome, story } from './playing.ts';
import { sidebar } from './sidebar.ts';
import { type State, set } from './store.ts';

/** Returns the state in which the page begins: the first channel of the first server, as its owner sees it. */
export function createFirstState({ world, faults, introduction, scenario, history }: FirstView): State {
  const [guild] = world.guilds;
  const channel = guild?.channels[0]?.id ?? 'dm';
  return {
    inDocument: false,
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
  };
}

/** Returns the page's title. */
export const titleOf = ({ world, channel }: State): string =>
  `#${world.guilds.flatMap(({ channels }) => channels).find(({ id }) => id === channel)?.name ?? world.bot.name} – ${world.bot.name} in the sandbox`;

/** The whole page. */
export const view = (state: State): TemplateResult =>
  html`${clockBar(state)} ${story(state)}
    ${said(state)}
    <div class="body" data-desk=${state.deskOpen}>
      ${sidebar(state)}
      ${state.drawer ? html`<button type="button" class="veil" aria-label="Close" @click=${() => set({ drawer: null })}></button>` : ''}
      ${chat(state)} ${desk(state)}
    </div>
    ${dialogs(state)}`;

/** What the last thing done came to. It lies over the page, so that nothing moves. */
const said = ({ said: text, deskOpen }: State) =>
  html`<div class="said" ?hidden=${deskOpen || text === ''}>
    <span role="status">${deskOpen ? '' : text}</span>
    <button type="button" class="icon-button" aria-label="Dismiss" @click=${() => set({ said: '' })}>${cross}</button>
  </div>`;
