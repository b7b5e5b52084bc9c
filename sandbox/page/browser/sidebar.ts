import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { become, open } from './actions.ts';
import { initial, pictureOf } from './avatar.ts';
import { LOCALES } from './discord.ts';
import { eventList } from './events.ts';
import { focusComposerIfTyping } from './keys.ts';
import { guildOf, type State, set } from './store.ts';

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

/** Servers and channels, and below them who one is. */
export function sidebar(state: State): TemplateResult {
  const { world, guild, channel, drawer } = state;
  const here = guildOf(state);
  return html`<nav class="sidebar ${drawer === 'channels' ? 'open' : ''}" aria-label="Servers and channels">
    <ul class="rail" aria-label="Servers">
      ${world.guilds.map(({ id, name, channels, unavailable }) => {
        const unread = channels.some((listed) => state.unread.has(listed.id));
        return html`<li>
          <button type="button" class="guild ${unavailable ? 'unavailable' : ''}" aria-current=${id === guild} data-initials=${initials(name)} title=${name}
            aria-label="${name}${unavailable ? ', unavailable' : ''}${unread ? ', unread' : ''}"
            @click=${() => choose(id, channels[0]?.id ?? 'dm')}></button>
          ${unread ? html`<span class="dot"></span>` : nothing}
        </li>`;
      })}
    </ul>
    <div class="channels">
      <h2 class="guild-name">${here?.name ?? 'No server'}${here && !here.bot ? html` <small>bot removed</small>` : nothing}${here?.unavailable ? html` <small>unavailable</small>` : nothing}</h2>
      ${
        here?.unavailable
          ? html`<p class="no-channels">There is an outage.</p>`
          : html`<ul>${(here?.channels ?? []).map(({ id, name }) => channelLink(state, id, '#', name, id === channel))}</ul>
              ${eventList(state)}`
      }
      <h3>Direct messages</h3>
      <ul>${channelLink(state, 'dm', '@', world.bot.name, channel === 'dm')}</ul>
      ${whoAmI(state)}
    </div>
  </nav>`;
}

/** Opens a channel. What is typed next goes to its composer. */
async function choose(guild: string, channel: string): Promise<void> {
  focusComposerIfTyping();
  await open(guild, channel);
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 3);

function channelLink(state: State, id: string, sign: string, name: string, current: boolean): TemplateResult {
  const unread = current ? undefined : state.unread.get(id);
  const said = unread ? `, ${unread.count} unread${unread.pings ? `, ${unread.pings} mentions` : ''}` : '';
  return html`<li>
    <button type="button" class="channel ${unread ? 'unread' : ''}" aria-current=${current ? 'page' : nothing}
      aria-label="${name}${said}" data-channel=${name} @click=${() => choose(state.guild, id)}>
      ${id === 'dm' ? html`<img src=${pictureOf(state.world.bot.id, name)} alt="" width="20" height="20">` : html`<span class="hash" aria-hidden="true">${sign}</span>`}<span class="name">${name}</span>
      ${unread ? html`<span class="badge ${unread.pings ? 'ping' : ''}" aria-hidden="true">${unread.count}</span>` : nothing}
    </button>
  </li>`;
}

/** Who acts, and in which language. */
function whoAmI(state: State): TemplateResult {
  const here = guildOf(state);
  const people = (here?.members ?? []).filter(({ bot }) => !bot);
  const me = people.find(({ id }) => id === state.me);
  const { letter, colour } = initial(me?.name ?? '?');
  const offers = (choice: string, chosen: string) => !state.inDocument || choice === chosen;
  return html`<section class="me" aria-label="Who am I">
    <span class="initial" aria-hidden="true" style=${styleMap({ backgroundColor: colour })}>${letter}</span>
    <label><span>I am</span>
      <select name="me" @change=${({ currentTarget }: Event) => become((currentTarget as HTMLSelectElement).value)}>
        ${people
          .filter(({ id }) => offers(id, state.me))
          .map(
            ({ id, name }) =>
              html`<option value=${id} ?selected=${id === state.me}>${name} – ${id === here?.owner ? 'owner' : 'member'}</option>`,
          )}
      </select></label>
    <label><span>My language</span>
      <select name="locale" @change=${({ currentTarget }: Event) => set({ locale: (currentTarget as HTMLSelectElement).value })}>
        ${LOCALES.filter((code) => offers(code, state.locale)).map((code) => html`<option value=${code} ?selected=${code === state.locale}>${LANGUAGES.of(code)}</option>`)}
      </select></label>
  </section>`;
}
