import { type APIApplicationCommandOption, ApplicationCommandType } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../sandbox/client.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { PATIENT } from '../sandbox/support.ts';
import { buttonsIn, QUESTIONS } from '../support.ts';

type Scene = Omit<Exclude<Parameters<Sandbox['command']>[0], string>, 'text'>;

/** What people type, in this order: every subcommand, and what is special about some. */
const TYPED: readonly (readonly [string, Scene?])[] = [
  ...QUESTIONS.map((text) => [text] as const),
  ['/ballerina release region:Japan'],
  ['/ballerina release as_of:2024-01-20 private:true'],
  ['/ballerina cast person:Ana as_of:2024-01-20'],
  ['/ballerina cast person:Nobody'],
  ['/ballerina ask question:who is the composer'],
  ['/ballerina ask question:who is the president'],
  ['/ballerina plot spoilers:true'],
  ['/ballerina overview as_of:yesterday'],
  ['/ballerina overview', { locale: 'de' }],
  ['/ballerina overview', { context: 'dm' }],
  ['/ballerina overview', { context: 'private' }],
  ['/wick film title:"chapter 4" spoilers:true'],
  ['/wick timeline order:story spoilers:true private:true'],
  ['/countdown list'],
  ['/countdowns'],
  ['/countdown list', { user: 'john' }],
  ['/countdown add release:ballerina/release/theatrical/us channel:releases milestones:30,7,1,0'],
  [
    '/countdown add release:ballerina/release/theatrical/us channel:general timezone:Asia/Tokyo time:18:00 role:High Table',
  ],
  ['/countdown add release:ballerina/release/theatrical/us channel:releases'],
  ['/countdown add release:nothing channel:releases'],
  ['/countdown add release:ballerina/release/theatrical/us channel:releases time:25:00'],
  ['/countdown list', { channel: 'releases' }],
  ['/countdown add title:Party date:2025-06-02 channel:general milestones:7,0'],
  ['/countdown list'],
  ['/countdowns', { user: 'john', channel: 'general' }],
  ['/countdown status'],
  ['/countdown status countdown:party'],
  ['/countdown preview countdown:party'],
  ['/countdown edit countdown:party time:18:00'],
  ['/countdown edit countdown:party'],
  ['/countdown pause countdown:party'],
  ['/countdown status countdown:party'],
  ['/countdown resume countdown:party'],
  ['/countdown test countdown:party'],
  ['/countdown test countdown:party'],
  ['/countdown follow title:ballerina channel:releases what:cast,trailer digest:weekly'],
  ['/countdown follow title:nothing channel:releases'],
  ['/countdown event release:ballerina/release/theatrical/us'],
  ['/countdown event release:nothing'],
  ['/countdown event release:ballerina/release/theatrical/us remove:true'],
  ['/countdown settings'],
  ['/countdown settings', { user: 'john' }],
  ['/countdown remove countdown:ballerina'],
  ['/countdown remove countdown:1'],
  ['/wick ask question:"who plays caine"'],
  ['/wick cast title:"chapter 4" spoilers:true'],
  ['/wick lore'],
  ['/wick lore term:marker as_of:2020-01-01'],
  ['/wick where title:Ballerina region:US'],
  ['/wick calendar'],
  ['/wick calendar title:Ballerina'],
  ['/wick calendar title:Nothing'],
  ['/remind me release:ballerina/release/theatrical/us timezone:Asia/Tokyo'],
  ['/remind me release:ballerina/release/theatrical/us', { user: 'john', context: 'dm' }],
  ['/remind me release:nothing', { context: 'private' }],
  ['/remind list', { user: 'john', context: 'dm' }],
  ['/remind list'],
  ['/remind stop reminder:ballerina', { user: 'john', context: 'dm' }],
  ['/concierge help'],
  ['/concierge about', { context: 'dm' }],
  ['/concierge privacy'],
  ['/concierge export'],
  ['/concierge export', { context: 'dm' }],
  ['/concierge export', { user: 'john' }],
  ['/concierge forget', { user: 'john' }],
  ['/concierge forget', { user: 'john', context: 'dm' }],
];

let overGateway: Sandbox;
let overHttp: Sandbox;

beforeAll(async () => {
  const options = { at: '2025-05-01T12:00:00Z', clock: 'manual', timing: PATIENT } as const;
  overGateway = await startSandbox(options);
  overHttp = await startSandbox({ ...options, interactions: 'http' });
});
afterAll(async () => {
  await overGateway?.stop();
  await overHttp?.stop();
});

/** Does the same in both worlds, one after the other. */
async function both<T>(work: (sandbox: Sandbox) => Promise<T>): Promise<[gateway: T, http: T]> {
  return [await work(overGateway), await work(overHttp)];
}

/**
 * Presses a button of an answer, which is asked for anew, unless it is given: one of an answer that only the asker sees takes the place
 * of that answer.
 */
async function pressed(
  sandbox: Sandbox,
  text: string,
  scene: Scene,
  at: number,
  given?: Reply,
): Promise<Reply> {
  const answer = given ?? (await sandbox.command({ text, ...scene }));
  const customId = buttonsIn(answer)[at]?.customId ?? '';
  return sandbox.click({ message: answer.reply?.id ?? '', customId, ...scene });
}

/** The ids, the instants and the milliseconds differ from world to world; everything else must not. */
function plain(answer: object): string {
  const names = new Map<string, string>();
  const nameOf = (id: string) => {
    const known = names.get(id) ?? `id ${names.size + 1}`;
    names.set(id, known);
    return known;
  };
  return JSON.stringify({ ...answer, ms: undefined, interaction: undefined })
    .replaceAll(/\d{17,20}/g, nameOf)
    .replaceAll(
      /(?<="value":"|"value":"own:|(?:countdown|reminder|about|own|added|removed|undo)=)[a-z0-9]{10}(?=["~])/g,
      nameOf,
    )
    .replaceAll(/[\d,.]+(?= ms\b)/g, 'some')
    .replaceAll(/(?<=<t:)\d{10}/g, 'then')
    .replaceAll(/(?<="(?:proxy_)?url":")[^"]+|(?<="size":)\d+/g, 'some');
}

/** The files of an answer as they came, but for what differs from world to world. */
async function filesOf({ reply }: Reply): Promise<string[]> {
  const files = reply?.attachments ?? [];
  const texts = await Promise.all(files.map(async ({ url }) => (await fetch(url)).text()));
  return texts.map((text) =>
    text
      .replaceAll(/\d{17,20}/g, 'id')
      .replaceAll(/2025-05-01T[\d:.]+Z/g, 'then')
      .replaceAll(/(?<="(?:id|change)": ?")[a-z0-9]{10}(?=")/g, 'id'),
  );
}

/** Whether the command cannot be given again for each of its buttons: it changes something. */
const isOnce = (text: string) => /^\/countdown (add|edit|follow|pause|resume|remove)/.test(text);

/** Whether what the command changed is needed by those that follow. */
const isNeeded = (text: string) => /^\/countdown (add|pause|resume)/.test(text);

/** The options that offer something while one types, of every command as it is registered: `/ballerina cast person:`. */
function offering(commands: Awaited<ReturnType<Sandbox['state']>>['commands']): string[] {
  const optionsOf = (parent: { options?: unknown }) =>
    (parent.options ?? []) as APIApplicationCommandOption[];
  return commands.flatMap((command) =>
    optionsOf(command).flatMap((sub) =>
      optionsOf(sub as { options?: unknown })
        .filter((option) => 'autocomplete' in option && option.autocomplete)
        .map((option) => `/${command.name} ${sub.name} ${option.name}:`),
    ),
  );
}

test('only one of the two bots connects to the gateway', async () => {
  expect(await overGateway.counters()).toMatchObject({ identifies: 1 });
  const { identifies, requests } = await overHttp.counters();
  expect(identifies).toBe(0);
  expect(Object.keys(requests).filter((route) => route.includes('gateway'))).toEqual([]);
});

test('both bots register the same commands, and the table of inputs covers them all', async () => {
  const [gateway, http] = await both((sandbox) => sandbox.state());
  expect(plain(http.commands)).toBe(plain(gateway.commands));
  const registered = gateway.commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ name, options = [] }) =>
      options.length > 0 ? options.map((sub) => `/${name} ${sub.name}`) : [`/${name}`],
    );
  const typed = TYPED.map(([text]) => text.split(' ').slice(0, 2).join(' '));
  expect(new Set(typed)).toEqual(new Set(registered));
});

describe('the answer is the same over HTTP as over the gateway', () => {
  test.each(TYPED.map(([text, scene = {}]) => ({ text, scene })))('$text $scene', async ({ text, scene }) => {
    const [gateway, http] = await both((sandbox) => sandbox.command({ text, ...scene }));
    expect(gateway.error ?? gateway.reply).toBeTruthy();
    expect(plain(http)).toBe(plain(gateway));
    expect(await filesOf(http)).toEqual(await filesOf(gateway));
    for (const [at, { label }] of buttonsIn(gateway).entries()) {
      if (label === 'Undo' && isNeeded(text)) continue;
      const givenTo = (sandbox: Sandbox) => (sandbox === overHttp ? http : gateway);
      const [first, second] = await both((sandbox) =>
        pressed(sandbox, text, scene, at, at === 0 || isOnce(text) ? givenTo(sandbox) : undefined),
      );
      expect(first.reply ?? first.modal, label).toBeTruthy();
      expect(plain(second), label).toBe(plain(first));
    }
  });

  test.each([
    ['as it opens', {}],
    ['filled in', { timezone: 'Tokyo', time: '9 pm', milestones: '0 7', role: ['High Table'] }],
    ['filled in wrong', { timezone: 'nowhere', time: '25:00' }],
  ])('a form submitted %s gets the same answer', async (_, fields) => {
    const [gateway, http] = await both(async (sandbox) => {
      const { interaction = '', modal } = await pressed(sandbox, '/countdown settings', {}, 0);
      expect(modal).toBeTruthy();
      return sandbox.modal({ interaction, fields });
    });
    expect(gateway.reply).toBeTruthy();
    expect(plain(http)).toBe(plain(gateway));
  });

  test('an answer with a file brings the same file', async () => {
    const [gateway, http] = await both(async (sandbox) => filesOf(await sandbox.command('/wick calendar')));
    expect(gateway).toEqual([expect.stringContaining('BEGIN:VCALENDAR')]);
    expect(http).toEqual(gateway);
  });

  test('autocomplete offers the same choices', async () => {
    const options = offering((await overGateway.state()).commands);
    expect(options.length).toBeGreaterThan(5);
    for (const option of options) {
      for (const typed of ['', 'a', 'ballerina', 'zzzz']) {
        const text = option + typed;
        const [gateway, http] = await both((sandbox) => sandbox.autocomplete(text));
        expect(gateway.choices, text).toBeTruthy();
        expect(plain(http), text).toBe(plain(gateway));
      }
    }
  });
});

test('countdowns added over HTTP and over the gateway make the same posts', async () => {
  const [gateway, http] = await both(async (sandbox) => {
    await sandbox.world({ limits: 'off' });
    await sandbox.turn('2025-06-08T00:00:00Z');
    const messages = [...(await sandbox.messages('releases')), ...(await sandbox.messages('general'))];
    return messages
      .filter(({ request }) => 'nonce' in (request as object))
      .map(({ embeds, content }) => ({ embeds, content }));
  });
  expect(gateway.length).toBeGreaterThan(4);
  expect(plain(http)).toBe(plain(gateway));
});
