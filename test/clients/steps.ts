import { notStrictEqual, ok, deepStrictEqual as same } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from '../../sandbox/client.ts';
import type { ObservedFaultRule } from '../../sandbox/rules/fault-reactions.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Bot, BotProcess } from './bots.ts';

/** What a step works with. */
interface StepContext {
  readonly sandbox: Sandbox;
  readonly bot: Bot;
  readonly process: BotProcess;
}

/** One thing that a bot does. It rejects when what it leads to is not as expected. */
type Step = (context: StepContext) => Promise<void>;

const CHANNEL = 'general';
const COMMANDS = [
  'channels',
  'choose',
  'count',
  'fetch',
  'file',
  'flood',
  'form',
  'hello',
  'more',
  'post',
  'wait',
];
/** How often to look for what comes after a reply, and for how long, in milliseconds. */
const POLL_MS = 20;
const PATIENCE_MS = 20_000;
/** The wait of a rate limit in seconds. */
const LIMIT_SECONDS = 0.5;

/** Resolves when the condition holds. */
async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  while (!(await condition())) {
    ok(!signal.aborted, `not seen: ${what}`);
    await sleep(POLL_MS);
  }
}

/** Returns the content of a reply, or the error in its place. */
const contentOf = ({ reply, error }: Reply) => reply?.content ?? error;

async function readContents(sandbox: Sandbox): Promise<string[]> {
  const messages = await sandbox.messages(CHANNEL);
  return messages.map(({ content }) => content);
}

const untilPosted = (sandbox: Sandbox, text: string) =>
  until(`a message "${text}"`, async () => (await readContents(sandbox)).includes(text));

/** Runs `/post`, which posts a message beside its reply. Returns the id of that message. */
async function post(sandbox: Sandbox, text: string, nonce: string): Promise<string | undefined> {
  const reply = await sandbox.command(`/post text:${text} nonce:${nonce}`);
  const id = contentOf(reply);
  const message = (await sandbox.messages(CHANNEL)).find((candidate) => candidate.id === id);
  same(message?.content, text, `/post answered: ${id}`);
  return id;
}

async function register({ sandbox }: StepContext): Promise<void> {
  const { commands } = await sandbox.state();
  same(commands.map(({ name }) => name).sort(), COMMANDS);
}

async function runCommand({ sandbox }: StepContext): Promise<void> {
  same(contentOf(await sandbox.command('/hello name:Helen')), 'Hello Helen');
}

async function autocomplete({ sandbox }: StepContext): Promise<void> {
  const { choices, error } = await sandbox.autocomplete('/hello name:An');
  same(choices?.map(({ value }) => value) ?? error, ['Ana', 'Anton']);
}

async function defer({ sandbox }: StepContext): Promise<void> {
  const reply = await sandbox.command('/wait');
  same(contentOf(reply), 'Waited');
  same(reply.ephemeral, true);
}

async function edit({ sandbox }: StepContext): Promise<void> {
  const { reply, error } = await sandbox.command('/count');
  await until('the edited reply', async () => {
    const message = (await sandbox.messages(CHANNEL)).find(({ id }) => id === reply?.id);
    ok(message, error ?? 'no message');
    return message.content === 'Two' && message.edited !== null;
  });
}

async function followUp({ sandbox }: StepContext): Promise<void> {
  same(contentOf(await sandbox.command('/more')), 'First');
  await untilPosted(sandbox, 'Second');
}

async function useComponents({ sandbox }: StepContext): Promise<void> {
  const { reply, error } = await sandbox.command('/choose');
  ok(reply, error ?? 'no reply');
  const message = reply.id;
  same(contentOf(await sandbox.click({ message, customId: 'press' })), 'Pressed');
  same(contentOf(await sandbox.click({ message, customId: 'pick', values: ['blue'] })), 'Picked blue');
}

async function submitModal({ sandbox }: StepContext): Promise<void> {
  const { modal, error } = await sandbox.command('/form');
  ok(modal, error ?? 'no modal');
  same(modal.title, 'Form');
  const reply = await sandbox.modal({ customId: modal.custom_id, fields: { text: 'some words' } });
  same(contentOf(reply), 'Wrote some words');
}

async function exchangeFiles({ sandbox }: StepContext): Promise<void> {
  const files = [{ name: 'note.txt', text: 'be seeing you' }];
  const { reply, error } = await sandbox.command({ text: '/file upload:note.txt', files });
  const [file] = reply?.attachments ?? [];
  ok(file, error ?? 'no file');
  same(file.filename, 'note.txt');
  const response = await fetch(file.url);
  same(await response.text(), 'BE SEEING YOU');
}

async function fetchServer({ sandbox }: StepContext): Promise<void> {
  const { guilds } = await sandbox.state();
  same(contentOf(await sandbox.command('/fetch')), `${guilds[0]?.members.length} members, 0 events`);
}

async function useNonces({ sandbox, bot }: StepContext): Promise<void> {
  const first = await post(sandbox, 'unique', 'a-nonce');
  const second = await post(sandbox, 'unique', 'a-nonce');
  // Discord makes messages unique only when asked to (resources/message, "Create Message", enforce_nonce).
  (bot.enforcesNonces ? same : notStrictEqual)(second, first);
  const requests = (await sandbox.messages(CHANNEL)).filter(({ content }) => content === 'unique');
  for (const { request } of requests) same((request as { nonce?: unknown }).nonce, 'a-nonce');
}

/** More messages than a channel takes: the library waits as the headers say, and meets no 429. */
async function followBuckets({ sandbox }: StepContext): Promise<void> {
  const before = await sandbox.counters();
  same(contentOf(await sandbox.command('/flood')), 'Posted');
  const posted = (await readContents(sandbox)).filter((content) => content.startsWith('Message '));
  same(
    posted.sort(),
    Array.from({ length: 7 }, (_, index) => `Message ${index + 1}`),
  );
  same((await sandbox.counters()).rateLimited, before.rateLimited);
}

/** A 429 without notice: the library waits as long as it says, and posts once. */
async function obeyRateLimits({ sandbox }: StepContext): Promise<void> {
  for (const scope of ['user', 'shared', 'global'] as const) {
    await sandbox.faults([{ route: 'POST /channels/*/messages', does: { rateLimit: LIMIT_SECONDS, scope } }]);
    await post(sandbox, `limit-${scope}`, `nonce-${scope}`);
    const response = await fetch(`${sandbox.url}/sandbox/faults`);
    const [rule] = (await response.json()) as ObservedFaultRule[];
    same([rule?.fired, rule?.reaction?.did, rule?.reaction?.status], [1, 'retried', 200]);
    ok((rule?.reaction?.after ?? 0) >= LIMIT_SECONDS, `retried after ${rule?.reaction?.after} s`);
    const posted = (await readContents(sandbox)).filter((content) => content === `limit-${scope}`);
    same(posted.length, 1);
  }
}

/** A connection that ends: the library resumes its session, and is told what it missed. */
async function resume({ sandbox }: StepContext): Promise<void> {
  const faults = [
    { gateway: { reconnect: true } },
    { gateway: 'drop' },
    { gateway: { close: 4000 } },
  ] as const;
  const { identifies, resumes } = await sandbox.counters();
  const missed: string[] = [];
  for (const fault of faults) {
    await sandbox.faults([fault]);
    const name = `new-${missed.length + 1}`;
    missed.push(name);
    await sandbox.world({ addChannel: { name } });
    await until(
      'a resumed session',
      async () => (await sandbox.counters()).resumes >= resumes + missed.length,
    );
    same(contentOf(await sandbox.command('/channels')), `New: ${missed.join(', ')}`);
  }
  same((await sandbox.counters()).identifies, identifies);
}

/** What each bot is led through, in this order. */
export const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['login', ({ process }) => process.ready],
  ['register', register],
  ['command', runCommand],
  ['autocomplete', autocomplete],
  ['defer', defer],
  ['edit', edit],
  ['follow-up', followUp],
  ['component', useComponents],
  ['modal', submitModal],
  ['file', exchangeFiles],
  ['fetch', fetchServer],
  ['nonce', useNonces],
  ['bucket', followBuckets],
  ['429', obeyRateLimits],
  ['resume', resume],
]);
