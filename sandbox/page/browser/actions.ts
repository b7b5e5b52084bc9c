import type { Reply } from '../../client.ts';
import type { WorldChange } from '../../control/world-change.ts';
import type { FaultRuleInput } from '../../rules/faults.ts';
import { api, Refused } from './api.ts';
import { guildOf, now, scene, set } from './store.ts';

let lastNotice = 0;
/** The newest readings of the channel and of the world. An older one that arrives later is not shown. */
let lastRefresh = 0;
let lastReread = 0;

/** Opens a channel: the messages that this person sees there, and nothing in it is unread any more. */
export async function open(guild: string, channel: string): Promise<void> {
  set({ guild, channel, channelId: channel, messages: [], drawer: null, target: null });
  await refresh();
}

/**
 * Reads the open channel again. A live message that arrives during the request may be missing from the response. Then the
 * channel is read once more.
 */
export async function refresh(): Promise<void> {
  const { channel, me, liveMessageCount } = now();
  const reading = ++lastRefresh;
  try {
    const history = await api.history(channel, me);
    if (reading !== lastRefresh) return;
    if (now().liveMessageCount !== liveMessageCount) return await refresh();
    const unread = new Map(now().unread);
    unread.delete(channel);
    set({ channelId: history.channel, messages: history.messages, unread });
  } catch (error) {
    report(error);
  }
}

/** Becomes another member. */
export async function become(me: string): Promise<void> {
  set({ me, messages: [] });
  await refresh();
}

/** Sends a command as it was typed, and shows that it is on its way. Answers the refusal to show beside the input. */
export async function send(text: string): Promise<string | undefined> {
  const { channelId, me } = now();
  const id = ++lastNotice;
  const notice = { id, channel: channelId, user: me, text };
  set({ notices: [...now().notices, notice] });
  const without = () => now().notices.filter((notice) => notice.id !== id);
  try {
    const reply = await api.command(text, scene());
    set({ notices: without() });
    take(reply);
    return undefined;
  } catch (error) {
    const { message, status } = error as Refused;
    // 504: the bot heard of it and did not answer. Anything else is a refusal before the bot hears of it.
    if (status === 504) {
      set({ notices: [...without(), { ...notice, failed: message }] });
      return undefined;
    }
    set({ notices: without() });
    return message;
  }
}

/** Presses a button, or chooses in a select menu. */
export async function click(
  message: string,
  customId: string,
  values: readonly string[] = [],
): Promise<void> {
  const { me, locale } = now();
  try {
    take(await api.click(message, customId, values, { user: me, locale }));
  } catch (error) {
    const { channelId } = now();
    const failed = (error as Refused).message;
    const notice = { id: ++lastNotice, channel: channelId, user: me, text: '', failed };
    set({ notices: [...now().notices, notice] });
  }
}

/** Submits the open modal. Returns the error that the reader sees, or undefined. */
export async function submit(fields: Record<string, string | string[]>): Promise<string | undefined> {
  const { modal } = now();
  try {
    const reply = await api.modal(modal?.interaction ?? '', fields);
    set({ modal: null });
    take(reply);
    return undefined;
  } catch (error) {
    return (error as Refused).message;
  }
}

const take = (reply: Reply) => {
  if (reply.modal) set({ modal: reply });
};

/** Removes a notice from the log. */
export const dismissNotice = (id: number) =>
  set({ notices: now().notices.filter((notice) => notice.id !== id) });

/** Turns the clock: to an instant, or to the next post. Answers whether it worked. */
export async function turn(to: string): Promise<boolean> {
  const { clock } = now();
  set({
    turning: true,
    said: '',
    clock: { now: clock.now + performance.now() - clock.heard, heard: performance.now() },
  });
  try {
    const { now: at } = await api.clock(to);
    set({ turning: false, clock: { now: Date.parse(at), heard: performance.now() } });
    return true;
  } catch (error) {
    set({ turning: false, clock: { ...now().clock, heard: performance.now() } });
    report(error);
    return false;
  }
}

/** Changes the world; `done` is said when it worked. */
export async function change(what: WorldChange, done: string): Promise<void> {
  try {
    set({ world: await api.world(what), said: done });
  } catch (error) {
    report(error);
  }
}

/** Replaces the fault rules, and says `done` when that worked. */
export async function setFaults(rules: readonly FaultRuleInput[], done: string): Promise<void> {
  try {
    set({ faults: await api.faults(rules), said: done });
  } catch (error) {
    report(error);
  }
}

/** Reads again what the world is made of; a server or channel that is gone is left. */
export async function reread(): Promise<void> {
  const reading = ++lastReread;
  try {
    const [world, faults] = await Promise.all([api.state(), api.faults()]);
    if (reading !== lastReread) return;
    set({ world, faults });
    const guild = guildOf(now()) ?? world.guilds[0];
    const { channel } = now();
    const stays =
      guild?.id === now().guild && (channel === 'dm' || guild.channels.some(({ id }) => id === channel));
    if (!stays && guild) await open(guild.id, guild.channels[0]?.id ?? 'dm');
  } catch (error) {
    report(error);
  }
}

/** Shows the message of a refused call. Any other error is thrown again. */
export function report(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
  // A command in the sentence is marked as code, which the notice does not show.
  set({ said: error.message.replaceAll('`', '') });
}
