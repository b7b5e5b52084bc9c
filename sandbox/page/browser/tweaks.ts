import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-code.js';
import '@skyra/discord-components-core/discord-command.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-mention.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-quote.js';
import '@skyra/discord-components-core/discord-spoiler.js';
import '@skyra/discord-components-core/discord-time.js';

/**
 * The components bring Discord's look of some years ago, in two fixed palettes, one of which is too faint to read for
 * many. Their colours are taken from the page's own here, so that light and dark switch together and both are legible.
 */
const TWEAKS: Readonly<Record<string, string>> = {
  'discord-messages': `:host { background: none; border: 0; color: var(--text); font-family: inherit; }`,
  'discord-message': `
    :host { color: var(--text); font-family: inherit; padding-block: 4px; margin-top: 12px; }
    :host(:hover) { background-color: var(--hover); }
    :host([ephemeral]), :host([highlight]) { padding-right: 16px; }
    .discord-message-timestamp { color: var(--muted); margin-left: 6px; }
    .discord-message-edited { color: var(--muted); }
    .discord-message-ephemeral { display: none; }
    .discord-message-content { min-width: 0; }`,
  'discord-author-info': `:host .discord-author-username { color: var(--strong); font-weight: 600; cursor: inherit; }
    :host .discord-author-username:hover { text-decoration: none; }`,
  'discord-command': `
    :host { color: var(--muted); white-space: normal; flex-wrap: nowrap; min-width: 0; }
    :host > span { white-space: pre; }
    .discord-replied-message-username { color: var(--text); opacity: 1; cursor: inherit; }
    .discord-replied-message-username:hover { text-decoration: none; }
    :host .discord-slash-command-name, :host .discord-slash-command-name:hover {
      color: var(--mention-text) !important; background-color: var(--mention); opacity: 1; min-width: 0; }
    :host:before, :host::before { border-color: var(--line) !important; }`,
  'discord-embed': `
    :host { color: var(--text); margin-block: 6px 4px; max-width: 520px; }
    :host .discord-left-border { background-color: var(--line); }
    :host .discord-embed-wrapper { background-color: var(--embed); border-color: var(--embed-line); max-width: 516px; }
    :host .discord-embed-wrapper .discord-embed-grid { padding: 2px 16px 14px 12px; grid-template-columns: minmax(0, 1fr); }`,
  'discord-embed-description': `:host { line-height: 1.3; }`,
  'discord-embed-field': `:host { line-height: 1.3; }`,
  'discord-embed-footer': `:host { color: var(--muted); }`,
  'discord-mention': `
    :host { color: var(--mention-text); background-color: var(--mention); cursor: inherit; }
    :host(:hover) { color: var(--mention-text); background-color: var(--mention); text-decoration: underline; }`,
  'discord-spoiler': `
    :host { background-color: var(--spoiler); }
    :host(:hover) { background-color: var(--spoiler-hover); }
    :host([activated]) { background-color: var(--stamp); cursor: auto; }`,
  'discord-time': `:host { background-color: var(--stamp); white-space: normal; }`,
  'discord-code': `:host { background-color: var(--code); font-family: var(--monospace); }
    code { font-family: inherit; }`,
  'discord-quote': `.discord-quote-divider { background-color: var(--line); }`,
};

/** Must run before the first of the components is made: a style that is added later does not reach it. */
export function tweakComponents(): void {
  for (const [name, css] of Object.entries(TWEAKS)) {
    const component = customElements.get(name) as unknown as { elementStyles: CSSStyleSheet[] };
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    component.elementStyles.push(sheet);
  }
}
