import { refresh, reread } from './actions.ts';
import type { Shown } from './api.ts';
import { guildOf, now, set } from './store.ts';

interface Told {
  readonly t: string;
  readonly now: string;
  readonly guild: string | null;
  /** Whom a direct message is with. */
  readonly direct?: string;
  readonly d: unknown;
}

/** So long a burst of changes to the world is awaited before it is read again. */
const BURST_MS = 60;

/** Follows what happens in the world, from now on, also across a restart of the sandbox. */
export function follow(): void {
  const source = new EventSource('/sandbox/events');
  source.onmessage = ({ data }) => hear(JSON.parse(data));
  source.onerror = () => set({ connected: false });
  // What happened since the page was read, or while the sandbox was away, is not told again: it is read again.
  source.onopen = () => {
    set({ connected: true });
    void reread().then(refresh);
  };
}

let rereading: ReturnType<typeof setTimeout> | undefined;

function rereadSoon(): void {
  clearTimeout(rereading);
  rereading = setTimeout(reread, BURST_MS);
}

function hear({ t, now: at, d, guild, direct }: Told): void {
  set({ clock: { now: Date.parse(at), heard: performance.now() } });
  if (t.startsWith('MESSAGE_')) set({ liveMessageCount: now().liveMessageCount + 1 });
  switch (t) {
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
      if (d) put(d as Shown, guild, direct, t === 'MESSAGE_CREATE');
      break;
    case 'MESSAGE_DELETE':
      set({ messages: now().messages.filter(({ message }) => message.id !== (d as { id: string }).id) });
      break;
    case 'SANDBOX_CLOCK':
      rereadSoon();
      break;
    default:
      rereadSoon();
  }
}

function put(shown: Shown, guild: string | null, direct: string | undefined, isNew: boolean): void {
  const { channelId, me, messages } = now();
  if (shown.onlyFor !== null && shown.onlyFor !== me) return;
  const { id, channel_id } = shown.message;
  if (channel_id !== channelId) {
    // One's own direct messages count like pings, as in Discord; those of others are not seen at all.
    if (isNew && direct === me) markUnread('dm', true);
    else if (isNew && guild !== null) markUnread(channel_id, pings(shown));
    return;
  }
  const known = messages.some(({ message }) => message.id === id);
  set({
    messages: known
      ? messages.map((other) => (other.message.id === id ? shown : other))
      : [...messages, shown],
  });
}

function markUnread(channel: string, pinged: boolean): void {
  const before = now().unread.get(channel) ?? { count: 0, pings: 0 };
  const after = { count: before.count + 1, pings: before.pings + (pinged ? 1 : 0) };
  set({ unread: new Map(now().unread).set(channel, after) });
}

/** Whether a message pings the person who looks. */
export function pings({ message }: Shown): boolean {
  const { me } = now();
  const roles = guildOf(now())?.members.find(({ id }) => id === me)?.roles ?? [];
  return (
    message.mention_everyone ||
    message.mentions.some(({ id }) => id === me) ||
    message.mention_roles.some((id) => roles.includes(id))
  );
}
