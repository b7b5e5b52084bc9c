import { html, nothing, type TemplateResult } from 'lit';
import { send } from './actions.ts';
import { isIntroduced } from './avatar.ts';
import { watchButton } from './playing.ts';
import { guildOf, type State, set } from './store.ts';
import { parseLine, typeables } from './suggest.ts';

/** How a channel begins: who the reader is, what the bot is about, and what to try first. */
export function welcome(state: State, name: string): TemplateResult {
  const { world, channel, introduction } = state;
  const sign = channel === 'dm' ? '' : '#';
  const introduced = isIntroduced(state);
  return html`<div class="welcome">
    ${
      introduced
        ? html`<img class="face" src=${introduction.face} alt="" width="72" height="72">`
        : html`<div class="welcome-icon" aria-hidden="true">${sign || '@'}</div>`
    }
    <h2>Welcome to ${sign}${name}!</h2>
    ${who(state)}
    ${introduced ? html`<p>${introduction.about}</p>` : nothing}
    ${introduced && !state.playing ? prompts(state) : nothing}
    <p elementtiming="welcome">
      Type <kbd>/</kbd> to see what ${world.bot.name} can do. This is a simulated Discord on your computer. Try anything.
    </p>
  </div>`;
}

/** Who the reader is, in this server. */
function who(state: State): TemplateResult | typeof nothing {
  const here = guildOf(state);
  const me = here?.members.find(({ id }) => id === state.me);
  if (!here || !me) return nothing;
  const role = me.id === here.owner ? 'the owner' : 'a member';
  return html`<p>You are <b>${me.name}</b>, ${role} of <b>${here.name}</b>.</p>`;
}

/** What to try first, as far as it can be typed in this channel. */
function prompts(state: State): TemplateResult {
  const { introduction, world, guild, channel, locale, turning } = state;
  const known = typeables(world.commands, channel === 'dm' ? null : guild, locale);
  const offered = introduction.prompts.filter(({ command }) => parseLine(command, known).command);
  return html`<div class="prompts" role="group" aria-label="Try this first">
    ${offered.map(
      ({ label, command }) =>
        html`<button type="button" class="button" ?disabled=${turning} @click=${() => press(command.replace('{channel}', channel))}>${label}</button>`,
    )}
    ${watchButton(state)}
  </div>`;
}

/** Sends a command, and shows its refusal where the page shows what it has to say. */
async function press(command: string): Promise<void> {
  const refusal = await send(command);
  set({ said: refusal ?? '' });
}
