import { html, nothing, type TemplateResult } from 'lit';
import { composer } from './composer.ts';
import { lines, warning } from './icons.ts';
import { guildOf, type State, set } from './store.ts';
import { welcome } from './welcome.ts';

/** The open channel: its name, what stands in it, and the input. */
export function chat(state: State): TemplateResult {
  const { channel } = state;
  const name = channelName(state);
  const guild = guildOf(state);
  const outage = channel !== 'dm' && guild?.unavailable ? guild : undefined;
  return html`<main class="chat">
    <header class="channel-header">
      <button class="icon-button narrow" type="button" aria-label="Servers and channels" aria-expanded=${state.drawer === 'channels'}
        @click=${() => set({ drawer: 'channels' })}>${lines}</button>
      <h1><span class="hash" aria-hidden="true">${channel === 'dm' ? '@' : '#'}</span>${name}</h1>
      ${state.connected ? nothing : html`<span class="offline" role="status">Reconnecting…</span>`}
    </header>
    ${outage ? unavailable(outage.name, state) : log(state, name)}
    ${outage ? nothing : composer(state, name)}
  </main>`;
}

/** Draws the messages of a channel, once it is loaded: the first view needs none of its code. */
let messageList: ((state: State) => TemplateResult) | undefined;

/** Loads the code that draws messages. */
export async function loadMessageList(): Promise<void> {
  ({ messageList } = await import('./message-list.ts'));
  set({});
}

/** What stands in a channel. */
const log = (state: State, name: string): TemplateResult =>
  html`<div class="log" role="log" aria-label="Messages in ${name}" tabindex="0">
    ${welcome(state, name)} ${messageList?.(state)}
  </div>`;

/** What stands in place of a channel while Discord cannot show its server. */
const unavailable = (
  name: string,
  { world }: State,
): TemplateResult => html`<div class="outage" role="status">
    ${warning}
    <h2>${name} is unavailable</h2>
    <p>There is an outage. Nobody sees the channels of this server, and ${world.bot.name} cannot post there, until it ends.</p>
    <button type="button" class="button" @click=${() => set({ deskOpen: true, drawer: null, said: '' })}>Test failures</button>
  </div>`;

const channelName = (state: State): string =>
  state.channel === 'dm'
    ? state.world.bot.name
    : (guildOf(state)?.channels.find(({ id }) => id === state.channel)?.name ?? 'no channel');
