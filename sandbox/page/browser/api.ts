import type { APIMessage } from 'discord-api-types/v10';
import type { Reply, SandboxState } from '../../client.ts';
import type { WorldChange } from '../../control/world-change.ts';
import type { ObservedFaultRule } from '../../rules/fault-reactions.ts';
import type { FaultRuleInput } from '../../rules/faults.ts';
import type { Introduction } from '../introduction.ts';
import type { Scenario } from '../scenario.ts';

/** A message as Discord's clients know it, whom it is for, and the JSON as the bot sent it. */
export interface Shown {
  readonly message: APIMessage;
  readonly request: unknown;
  readonly onlyFor: string | null;
}

/** What the page shows first. The sandbox writes it into the document. */
export interface FirstView {
  readonly world: SandboxState;
  readonly faults: readonly ObservedFaultRule[];
  readonly introduction: Introduction;
  readonly scenario: Scenario;
  /** The messages of the first channel; null when there is none. */
  readonly history: { readonly channel: string; readonly messages: readonly Shown[] } | null;
}

/** Reads it from the document. */
export const readFirstView = (): FirstView => JSON.parse(document.querySelector('#first')?.textContent ?? '');

/** Who acts, and where: what the control calls take beside their own fields. */
export interface Scene {
  readonly user: string;
  readonly locale: string;
  readonly guild?: string;
  readonly channel?: string;
  readonly context?: 'dm';
}

/** A refusal, in the words that the person is shown. */
export class Refused extends Error {
  readonly status: number;

  constructor(sentence: string, status: number) {
    super(sentence);
    this.status = status;
  }
}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Refused('The sandbox does not answer. Is it still running?', 0);
  }
  const answer = await response.json();
  if (!response.ok)
    throw new Refused(answer.error ?? `The sandbox answered ${response.status}.`, response.status);
  return answer as T;
}

/** The control calls, as the page makes them. Each rejects with `Refused`. */
export const api = {
  state: () => call<SandboxState>('/sandbox/state'),
  history: (channel: string, user: string) =>
    call<{ channel: string; messages: Shown[] }>(
      `/sandbox/history?${new URLSearchParams({ channel, user })}`,
    ),
  command: (text: string, scene: Scene) => call<Reply>('/sandbox/command', { text, ...scene }),
  autocomplete: (text: string, scene: Scene) =>
    call<{ choices: { name: string; value: string | number }[] }>('/sandbox/autocomplete', {
      text,
      ...scene,
    }),
  click: (
    message: string,
    customId: string,
    values: readonly string[],
    who: Pick<Scene, 'user' | 'locale'>,
  ) => call<Reply>('/sandbox/click', { message, customId, values, ...who }),
  modal: (interaction: string, fields: Record<string, string | string[]>) =>
    call<Reply>('/sandbox/modal', { interaction, fields }),
  clock: (to: string) => call<{ now: string }>('/sandbox/clock', { to }),
  world: (change: WorldChange) => call<SandboxState>('/sandbox/world', change),
  faults: (rules?: readonly FaultRuleInput[]) => call<ObservedFaultRule[]>('/sandbox/faults', rules),
  another: (at: string) => call<{ url: string }>('/sandbox/another', { at }),
};
