import type { APIGuildScheduledEvent } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { calendar } from './icons.ts';
import { format } from './stamps.ts';
import { guildOf, type State } from './store.ts';
import { text } from './text.ts';

/** The states of a scheduled event, as Discord numbers them. */
const STATUS: Readonly<Record<number, string>> = {
  1: 'scheduled',
  2: 'active',
  3: 'completed',
  4: 'canceled',
};

/** The scheduled events of the open server, each with its details to unfold. */
export function eventList(state: State): TemplateResult | typeof nothing {
  const events = (guildOf(state)?.events ?? []) as readonly APIGuildScheduledEvent[];
  if (events.length === 0) return nothing;
  return html`<h3>Events</h3>
    <ul class="events">
      ${events.map((event) => html`<li>${eventItem(event, state)}</li>`)}
    </ul>`;
}

function eventItem(event: APIGuildScheduledEvent, { locale }: State): TemplateResult {
  const { name, description, scheduled_start_time, scheduled_end_time, entity_metadata, status } = event;
  const when = (time: string) =>
    format(Date.parse(time), { dateStyle: 'medium', timeStyle: 'short' }, locale);
  return html`<details>
    <summary>${calendar}<span><b>${name}</b>${when(scheduled_start_time)}</span></summary>
    ${description ? html`<p>${text(description)}</p>` : nothing}
    ${entity_metadata?.location ? html`<p>Where: ${text(entity_metadata.location)}</p>` : nothing}
    <p>${scheduled_end_time ? `Until ${when(scheduled_end_time)}, ` : ''}${STATUS[status] ?? 'of unknown status'}</p>
  </details>`;
}
