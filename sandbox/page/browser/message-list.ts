import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { message, noticeLine } from './message.ts';
import { format } from './stamps.ts';
import type { State } from './store.ts';
import { tweakComponents } from './tweaks.ts';

tweakComponents();

/** The messages of the open channel, with a line where the day changes, and the commands on their way. */
export function messageList(state: State): TemplateResult {
  const { messages, dismissed, notices, channelId } = state;
  const seen = messages.filter(({ message: { id } }) => !dismissed.has(id));
  return html`<discord-messages>
    ${repeat(
      seen,
      ({ message: { id } }) => id,
      (shown, index) =>
        html`${divider(state, seen[index - 1]?.message.timestamp, shown.message.timestamp)}${message(shown)}`,
    )}
    ${notices.filter((notice) => notice.channel === channelId).map(noticeLine)}
  </discord-messages>`;
}

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
