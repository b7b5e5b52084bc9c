import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { composer } from './composer.ts';
import { lines } from './icons.ts';
import { message, noticeLine } from './message.ts';
import { watchButton } from './playing.ts';
import { format } from './stamps.ts';
import { guildOf, type State, set } from './store.ts';

/** The open channel: its name, what stands in it, and the input. */
export function chat(state: State): TemplateResult {
  const { channel, messages, dismissed, notices, channelId, world } = state;
  const name = channelName(state);
  const seen = messages.filter(({ message: { id } }) => !dismissed.has(id));
  return html`<main class="chat">
    <header class="channel-header">
      <button class="icon-button narrow" type="button" aria-label="Servers and channels" aria-expanded=${state.drawer === 'channels'}
        @click=${() => set({ drawer: 'channels' })}>${lines}</button>
      <h1><span class="hash" aria-hidden="true">${channel === 'dm' ? '@' : '#'}</span>${name}</h1>
      ${state.connected ? nothing : html`<span class="offline" role="status">Reconnecting…</span>`}
    </header>
    <div class="log" role="log" aria-label="Messages in ${name}" tabindex="0">
      <discord-messages>
        <div class="welcome">
          <div class="welcome-icon" aria-hidden="true">${channel === 'dm' ? '@' : '#'}</div>
          <h2>Welcome to ${channel === 'dm' ? '' : '#'}${name}!</h2>
          <p>
            Type <kbd>/</kbd> to see what ${world.bot.name} can do. This is a simulated Discord on your computer. Try anything.
          </p>
          ${watchButton(state)}
        </div>
        ${repeat(
          seen,
          ({ message: { id } }) => id,
          (shown, index) =>
            html`${divider(state, seen[index - 1]?.message.timestamp, shown.message.timestamp)}${message(shown)}`,
        )}
        ${notices.filter((notice) => notice.channel === channelId).map(noticeLine)}
      </discord-messages>
    </div>
    ${composer(state, name)}
  </main>`;
}

const channelName = (state: State): string =>
  state.channel === 'dm'
    ? state.world.bot.name
    : (guildOf(state)?.channels.find(({ id }) => id === state.channel)?.name ?? 'no channel');

/** The day, where it changes between two messages. */
function divider(
  { locale }: State,
  before: string | undefined,
  after: string,
): TemplateResult | typeof nothing {
  const day = (timestamp: string) => format(Date.parse(timestamp), { dateStyle: 'long' }, locale);
  return before !== undefined && day(before) === day(after)
    ? nothing
    : html`<div class="day"><span>${day(after)}</span></div>`;
}

/** Keeps the newest message in sight, unless the reader has gone up. */
export function stickToEnd(root: HTMLElement): () => void {
  let channel = '';
  let height = 0;
  return () => {
    const log = root.querySelector<HTMLElement>('.log');
    if (!log) return;
    const opened = log.getAttribute('aria-label') ?? '';
    const atEnd = log.scrollTop + log.clientHeight >= height - 80;
    if (opened !== channel || atEnd) log.scrollTop = log.scrollHeight;
    channel = opened;
    height = log.scrollHeight;
  };
}
