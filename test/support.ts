import type { APIEmbed } from 'discord-api-types/v10';
import { afterAll, beforeAll } from 'vitest';
import type { Reply } from '../sandbox/client.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { PATIENT } from './sandbox/support.ts';

/** The reference day of the facts. */
export const TODAY = '2026-11-22';
/** The day of the founding article. */
export const ARTICLE_DAY = '2024-01-20';

/** The subcommands that answer from the facts, as one types them. */
export const QUESTIONS = [
  '/ballerina overview',
  '/ballerina release',
  '/ballerina cast',
  '/ballerina director',
  '/ballerina writers',
  '/ballerina producers',
  '/ballerina plot',
  '/ballerina setting',
  '/ballerina keanu',
  '/ballerina reddick',
  '/ballerina trailer',
  '/ballerina streaming',
  '/ballerina sequel',
  '/wick timeline',
  '/wick timeline order:release',
  '/wick film title:ballerina',
  '/wick upcoming',
] as const;

/** One sandbox with the bot in it for all tests of a file, at noon of a day. */
export function sandboxOfFile(day = TODAY): () => Sandbox {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ at: `${day}T12:00:00Z`, clock: 'manual', timing: PATIENT });
  });
  afterAll(() => sandbox?.stop());
  return () => {
    if (!sandbox) throw new Error('the sandbox has not started');
    return sandbox;
  };
}

/** The one embed of an answer; throws where there is none. */
export function embedIn(answer: Reply): APIEmbed {
  const embed = answer.reply?.embeds[0];
  if (!embed) throw new Error(`no embed: ${answer.error ?? answer.reply?.content}`);
  return embed;
}

/** Everything of an answer that a person can read, but for the buttons. */
export function textIn(answer: Reply): string {
  const { content = '', embeds = [] } = answer.reply ?? {};
  const shown = embeds.flatMap(({ title, description, fields = [], footer }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...shown].filter(Boolean).join('\n');
}

/** The text of all fields under a heading, those that go on from the one above included. */
export function fieldIn(answer: Reply, heading: string): string {
  const fields = embedIn(answer).fields ?? [];
  const first = fields.findIndex(({ name }) => name === heading);
  if (first < 0) return '';
  const rest = fields.slice(first + 1);
  const end = rest.findIndex(({ name }) => name !== '\u200b');
  return [fields[first], ...rest.slice(0, end < 0 ? undefined : end)].map((field) => field?.value).join('\n');
}

export interface ButtonSeen {
  label: string;
  customId: string;
}

/** The buttons of an answer, row by row. */
export function buttonsIn(answer: Reply): ButtonSeen[] {
  const rows = (answer.reply?.components ?? []) as { components: { label: string; custom_id: string }[] }[];
  return rows.flatMap(({ components }) =>
    components.map(({ label, custom_id }) => ({ label, customId: custom_id })),
  );
}

/** Presses the button of that label. */
export function press(sandbox: Sandbox, answer: Reply, label: string): Promise<Reply> {
  const button = buttonsIn(answer).find((candidate) => candidate.label === label);
  if (!button) {
    throw new Error(`no button ${label}; there are ${buttonsIn(answer).map((candidate) => candidate.label)}`);
  }
  return sandbox.click({ message: answer.reply?.id ?? '', customId: button.customId });
}
