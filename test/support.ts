import type { APIEmbed } from 'discord-api-types/v10';
import { afterAll, beforeAll } from 'vitest';
import type { Reply } from '../sandbox/client.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { componentTexts } from '../scripts/answer-text.ts';
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
  '/wick timeline order:story',
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
  if (!embed) throw new Error(`no embed: ${answer.error ?? textIn(answer)}`);
  return embed;
}

/** Everything of an answer that a person can read, but for the buttons. The name of a command that can be clicked reads as code. */
export function textIn(answer: Reply): string {
  const { content = '', embeds = [], components = [] } = answer.reply ?? {};
  const shown = embeds.flatMap(({ title, description, fields = [], footer }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  const text = [content, ...shown, ...componentTexts(components)].filter(Boolean).join('\n');
  return text.replace(/<\/([a-z]+(?: [a-z]+)?):\d+>/g, '`/$1`');
}

/** The lines of an answer from the facts, its title first; throws where there is no such answer. */
function linesIn(answer: Reply): string[] {
  const texts = componentTexts(answer.reply?.components ?? []);
  if (texts.length === 0) throw new Error(`no answer: ${answer.error ?? answer.reply?.content}`);
  return texts.join('\n').split('\n');
}

/** The title of an answer from the facts. */
export const titleIn = (answer: Reply): string => linesIn(answer)[0]?.replace('### ', '') ?? '';

/** What an answer from the facts says, without its title: the sentence that leads comes first. */
export const leadIn = (answer: Reply): string => linesIn(answer).slice(1).join('\n');

/** The last line of an answer from the facts, which names its best source and that source’s day. */
export const sourceLineIn = (answer: Reply): string => linesIn(answer).at(-1) ?? '';

/** A best source with its day: "Variety, Feb 22, 2024". */
export const SOURCE = /[^·]+, ((\w{3} )?(\d{1,2}, )?\d{4}|undated)/;

/** Presses a button of an answer, and reads all pages of what it shows. */
export async function partOf(sandbox: Sandbox, answer: Reply, label: string): Promise<string> {
  if (!buttonsIn(answer).some((button) => button.label === label)) return '';
  const pages: string[] = [];
  let page = await press(sandbox, answer, label);
  pages.push(textIn(page));
  while (buttonsIn(page).some((button) => button.label === 'Next ›')) {
    page = await press(sandbox, page, 'Next ›');
    pages.push(textIn(page));
  }
  return pages.join('\n');
}

/** An answer with all that is behind its buttons **More**, **History** and **Sources**. */
export async function everythingIn(sandbox: Sandbox, answer: Reply): Promise<string> {
  const texts = [textIn(answer)];
  for (const label of ['More', 'History', 'Sources']) texts.push(await partOf(sandbox, answer, label));
  return texts.join('\n');
}

export interface ButtonSeen {
  label: string;
  customId: string;
}

interface AnyComponent {
  label?: string;
  custom_id?: string;
  components?: AnyComponent[];
  accessory?: AnyComponent;
}

/** The buttons of an answer, row by row; not those that open a page. */
export function buttonsIn(answer: Reply): ButtonSeen[] {
  const buttonsOf = ({ label, custom_id, components = [], accessory }: AnyComponent): ButtonSeen[] => [
    ...(label && custom_id ? [{ label, customId: custom_id }] : []),
    ...components.flatMap(buttonsOf),
    ...(accessory ? buttonsOf(accessory) : []),
  ];
  return ((answer.reply?.components ?? []) as AnyComponent[]).flatMap(buttonsOf);
}

/** Presses the button of that label. */
export function press(sandbox: Sandbox, answer: Reply, label: string): Promise<Reply> {
  const button = buttonsIn(answer).find((candidate) => candidate.label === label);
  if (!button) {
    throw new Error(`no button ${label}; there are ${buttonsIn(answer).map((candidate) => candidate.label)}`);
  }
  return sandbox.click({ message: answer.reply?.id ?? '', customId: button.customId });
}
