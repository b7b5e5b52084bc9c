import type { Reply, SandboxState } from '../../client.ts';
import type { ObservedFaultRule } from '../../rules/fault-reactions.ts';
import type { Introduction } from '../introduction.ts';
import type { Scenario } from '../scenario.ts';
import type { Scene, Shown } from './api.ts';

/** A line of the page's own among the messages: what was asked, while no answer has come, or that none came. */
export interface Notice {
  readonly id: number;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  /** Why it failed; undefined while the bot is thinking. */
  readonly failed?: string;
}

interface Unread {
  readonly count: number;
  readonly pings: number;
}

/** A story being played. */
interface Playing {
  readonly scenario: Scenario;
  /** How many steps were taken. */
  readonly taken: number;
  readonly running: boolean;
}

/** Everything the page shows. */
export interface State {
  /** Whether this is the view in the document, which cannot be used yet. What is folded away is left out of it. */
  readonly inDocument: boolean;
  readonly world: SandboxState;
  /** The sandbox's time in milliseconds, and when the page heard it. */
  readonly clock: { readonly now: number; readonly heard: number };
  readonly guild: string;
  /** A channel of the guild, or "dm". */
  readonly channel: string;
  /** The id of the open channel, also where it is a direct message. */
  readonly channelId: string;
  readonly me: string;
  readonly locale: string;
  readonly messages: readonly Shown[];
  /** How many new, changed and deleted messages have come over the live connection. */
  readonly liveMessageCount: number;
  readonly notices: readonly Notice[];
  readonly unread: ReadonlyMap<string, Unread>;
  readonly dismissed: ReadonlySet<string>;
  readonly faults: readonly ObservedFaultRule[];
  readonly modal: Reply | null;
  readonly request: Shown | null;
  /** The address of a link that was clicked, and leads out of the sandbox. */
  readonly leaving: string | null;
  /** The message to which a link led; a new object for every click. */
  readonly target: { readonly id: string } | null;
  readonly drawer: 'channels' | 'desk' | null;
  readonly deskOpen: boolean;
  readonly connected: boolean;
  /** The clock is being turned. */
  readonly turning: boolean;
  /** What the last thing done outside of the chat came to. */
  readonly said: string;
  readonly introduction: Introduction;
  readonly scenario: Scenario | null;
  readonly playing: Playing | null;
  /** The address of the sandbox from which this one was opened. */
  readonly home: string | undefined;
}

let state: State | undefined;
let render = (_state: State) => {};
let scheduled = false;

/** What is shown now. */
export function now(): State {
  if (!state) throw new Error('The page has not begun.');
  return state;
}

/** Begins with a first state; `show` is called after every change, once however many changes come together. */
export function begin(first: State, show: (state: State) => void): void {
  state = first;
  render = show;
  show(first);
}

/** Changes the state. The page is drawn again once, after all changes of this turn. */
export function set(change: Partial<State>): void {
  state = { ...now(), ...change };
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(() => {
    scheduled = false;
    render(now());
  });
}

/** Who acts, and where, for a control call. */
export function scene(): Scene {
  const { me, locale, guild, channel } = now();
  return channel === 'dm' ? { user: me, locale, guild, context: 'dm' } : { user: me, locale, guild, channel };
}

/** The open server. */
export const guildOf = ({ world, guild }: State) => world.guilds.find(({ id }) => id === guild);

/** The sandbox's time at this moment, in milliseconds. It stands still while it is turned. */
export const timeOf = ({ clock, turning }: State) =>
  turning ? clock.now : clock.now + (performance.now() - clock.heard);
