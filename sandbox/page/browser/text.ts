import { html, nothing, type TemplateResult } from 'lit';
import { type Node, parse } from './markdown.ts';
import { stamp } from './stamps.ts';
import { guildOf, now, timeOf } from './store.ts';

type Shown = TemplateResult | string | typeof nothing | readonly Shown[];

/** Text of a bot, with its markdown. lit writes every string as text: HTML in it shows as it was typed. */
export const text = (source: string | undefined | null): Shown => (source ? nodes(parse(source)) : nothing);

const nodes = (content: Node['content']): Shown =>
  content === undefined ? nothing : typeof content === 'string' ? content : content.map(node);

const KINDS: Readonly<Record<string, (node: Node) => Shown>> = {
  strong: ({ content }) => html`<strong>${nodes(content)}</strong>`,
  em: ({ content }) => html`<em>${nodes(content)}</em>`,
  underline: ({ content }) => html`<u>${nodes(content)}</u>`,
  strikethrough: ({ content }) => html`<s>${nodes(content)}</s>`,
  inlineCode: ({ content }) => html`<discord-code>${nodes(content)}</discord-code>`,
  codeBlock: ({ content }) => html`<pre class="code-block" tabindex="0"><code>${nodes(content)}</code></pre>`,
  blockQuote: ({ content }) => html`<discord-quote>${nodes(content)}</discord-quote>`,
  // For readers of a screen all are one level below the channel: a message may begin with a small one.
  heading: ({ content, level = 1 }) =>
    html`<div class="heading heading-${level}" role="heading" aria-level="3">${nodes(content)}</div>`,
  subtext: ({ content }) => html`<small class="subtext">${nodes(content)}</small>`,
  list: ({ ordered, start = 1, items = [] }) =>
    ordered
      ? html`<ol start=${start}>${items.map((item) => html`<li>${nodes(item)}</li>`)}</ol>`
      : html`<ul>${items.map((item) => html`<li>${nodes(item)}</li>`)}</ul>`,
  br: () => html`<br>`,
  newline: () => html`<br>`,
  spoiler: ({ content }) => spoiler(nodes(content)),
  link: ({ content, target }) => link(target, nodes(content)),
  url: ({ content, target }) => link(target, nodes(content)),
  autolink: ({ content, target }) => link(target, nodes(content)),
  timestamp: ({ timestamp, format }) => time(Number(timestamp) * 1000, format),
  user: ({ id }) => mention('user', memberName(id) ?? 'unknown-user', id === now().me),
  role: ({ id }) => mention('role', roleName(id) ?? 'deleted-role'),
  channel: ({ id }) => channelMention(id),
  everyone: () => mention('role', 'everyone', true),
  here: () => mention('role', 'here', true),
  slashCommand: ({ fullName = '' }) => mention('slash', fullName),
  emoji: ({ name }) => `:${name}:`,
  twemoji: ({ name }) => name ?? '',
  text: ({ content }) => nodes(content),
};

const node = (parsed: Node): Shown => KINDS[parsed.type]?.(parsed) ?? nodes(parsed.content);

function link(target: string | undefined, content: Shown): Shown {
  return target && /^https?:\/\//i.test(target)
    ? html`<a href=${target} target="_blank" rel="noopener noreferrer">${content}</a>`
    : content;
}

/** Hidden until it is asked for, from screen readers and the keyboard too, which have a button of their own. */
function spoiler(content: Shown): Shown {
  const show = ({ currentTarget }: Event) => {
    const host = currentTarget as HTMLElement & { activated: boolean };
    if (host.activated) return;
    host.activated = true;
    host.querySelector('[inert]')?.removeAttribute('inert');
    // The button is gone now: what it hid is where the reader goes on.
    host.tabIndex = -1;
    host.focus();
  };
  return html`<discord-spoiler @click=${show}
    ><button type="button" class="show-spoiler" aria-label="Spoiler: show it"></button
    ><span inert>${content}</span></discord-spoiler
  >`;
}

function time(ms: number, style: string | undefined): Shown {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return 'Invalid date';
  const { locale } = now();
  return html`<discord-time title=${stamp(ms, 'F', locale, 0)}>${stamp(ms, style, locale, timeOf(now()))}</discord-time>`;
}

const mention = (type: string, name: string, highlight = false) =>
  html`<discord-mention type=${type} ?highlight=${highlight}>${name}</discord-mention>`;

function channelMention(id = ''): Shown {
  const { world } = now();
  const guild = world.guilds.find(({ channels }) => channels.some((candidate) => candidate.id === id));
  const channel = guild?.channels.find((candidate) => candidate.id === id);
  if (!guild || !channel) return html`<em>#unknown</em>`;
  return html`<a class="channel-mention" href="#${id}"><discord-mention type="channel">${channel.name}</discord-mention></a>`;
}

/** Returns the name of a member, or of the bot; undefined when there is none with this id. */
export const memberName = (id = ''): string | undefined =>
  guildOf(now())?.members.find((member) => member.id === id)?.name ??
  (id === now().world.bot.id ? now().world.bot.name : undefined);

const roleName = (id = '') =>
  guildOf(now())
    ?.roles.find((role) => role.id === id)
    ?.name.replace(/^@/, '');
