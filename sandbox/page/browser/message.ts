import { html, nothing, type TemplateResult } from 'lit';
import { dismissNotice } from './actions.ts';
import type { Shown } from './api.ts';
import { avatar, pictureOf } from './avatar.ts';
import { type Component, component } from './components.ts';
import { Flag } from './discord.ts';
import { embed } from './embed.ts';
import { eye, warning } from './icons.ts';
import { pings } from './live.ts';
import { attachment } from './media.ts';
import { sentAt } from './stamps.ts';
import { type Notice, now, set, timeOf } from './store.ts';
import { memberName, text } from './text.ts';

/** A message of the bot, as the person who looks sees it. */
export function message(shown: Shown): TemplateResult {
  const { id, author, message_snapshots: snapshots } = shown.message;
  // A forward shows the message that it forwards, without its buttons.
  const forwarded = snapshots?.[0]?.message;
  const { content, embeds, components = [], attachments, flags = 0 } = forwarded ?? shown.message;
  const { locale } = now();
  const sent = Date.parse(shown.message.timestamp);
  const when = sentAt(sent, timeOf(now()), locale);
  const ephemeral = (flags & Flag.Ephemeral) !== 0;
  const loading = (flags & Flag.Loading) !== 0;
  // Such a message shows its files only where a component does.
  const ofComponents = (flags & Flag.IsComponentsV2) !== 0;
  return html`<article class="message ${now().target?.id === id ? 'target' : ''}" data-message=${id} aria-label="${author.username}, ${when}">
    <discord-message
      author=${author.username}
      avatar=${pictureOf(author.id, author.username)}
      ?bot=${author.bot}
      ?highlight=${pings(shown)}
      ?ephemeral=${ephemeral}
      ?edited=${shown.message.edited_timestamp !== null && !loading}
      .timestamp=${when}
    >
      ${above(shown)}
      ${pinNote(shown)}
      ${loading ? html`<span class="thinking">${author.username} is thinking…</span>` : content ? html`<div class="content">${text(content)}</div>` : nothing}
      ${
        attachments.length > 0 && !ofComponents
          ? html`<discord-attachments slot="attachments">${attachments.map(attachment)}</discord-attachments>`
          : nothing
      }
      ${embeds.map(embed)}
      ${
        components.length > 0 && (!forwarded || ofComponents)
          ? html`<div class="components" slot="components">
              ${components.map((topLevel) => component(id, topLevel as unknown as Component))}
            </div>`
          : nothing
      }
      ${ephemeral ? onlyYou(() => dismiss(id)) : nothing}
    </discord-message>
    <div class="tools">
      <button type="button" @click=${() => set({ request: shown })}>View the request</button>
    </div>
  </article>`;
}

const dismiss = (id: string) => set({ dismissed: new Set(now().dismissed).add(id) });

const onlyYou = (action: () => void) => html`<div class="only-you" slot="thread">
  ${eye} Only you can see this •
  <button type="button" class="text-button" @click=${action}>Dismiss message</button>
</div>`;

/** The type of the message that says that another one was pinned. Docs: "Message", message types. */
const CHANNEL_PINNED_MESSAGE = 6;

/** That a message is pinned, or that it says so of the one above it. */
function pinNote({ message: { type, pinned } }: Shown): TemplateResult | typeof nothing {
  if (Number(type) === CHANNEL_PINNED_MESSAGE)
    return html`<div class="pin-note">pinned a message to this channel</div>`;
  return pinned ? html`<div class="pin-note">Pinned</div>` : nothing;
}

/** What a message answers: the command that was used, or the message that it replies to. */
function above({ message }: Shown): TemplateResult | typeof nothing {
  const { interaction_metadata: about, interaction, message_reference: reference } = message;
  const user = about && (memberName(about.user.id) ?? about.user.username);
  if (user && interaction) {
    return html`<discord-command slot="reply" author=${user} avatar=${avatar(user)} command=${interaction.name}></discord-command>`;
  }
  const original =
    reference && now().messages.find(({ message: other }) => other.id === reference.message_id);
  if (!reference) return nothing;
  if (message.message_snapshots) return html`<div slot="reply" class="replied">Forwarded</div>`;
  const beginning = original?.message.content || original?.message.embeds[0]?.title || 'a message';
  return html`<div slot="reply" class="replied">
    ${original ? html`<span>${original.message.author.username}</span> ${beginning.slice(0, 80)}` : 'Original message'}
  </div>`;
}

/** A command on its way, or one that came to nothing. */
export function noticeLine(notice: Notice): TemplateResult {
  const { id, name: bot } = now().world.bot;
  const user = memberName(notice.user) ?? 'You';
  return html`<article class="message" aria-label="${bot}, not answered yet">
    <discord-message author=${bot} avatar=${pictureOf(id, bot)} bot ?ephemeral=${notice.failed !== undefined} .timestamp=${''}>
      ${
        notice.text
          ? html`<discord-command slot="reply" author=${user} avatar=${avatar(user)} command=${notice.text.replace(/^\//, '').split(/ \S+:/)[0]}></discord-command>`
          : nothing
      }
      ${
        notice.failed === undefined
          ? html`<span class="thinking">${bot} is thinking…</span>`
          : html`<span class="failed">${warning} ${notice.failed}</span>`
      }
      ${notice.failed === undefined ? nothing : onlyYou(() => dismissNotice(notice.id))}
    </discord-message>
  </article>`;
}
