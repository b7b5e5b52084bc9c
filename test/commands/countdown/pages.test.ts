import { InteractionType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { buttonsIn, press, textIn } from '../../support.ts';
import { answering } from '../support.ts';
import { added, botAt, said, temporaryFolder } from './support.ts';

const START = '2025-05-01T00:00:00Z';

async function withCountdowns(count: number, state = temporaryFolder()): Promise<Sandbox> {
  const sandbox = await botAt(START, { state });
  for (let number = 1; number <= count; number += 1)
    await added(sandbox, `title:Party ${number} date:2025-06-01 channel:releases`);
  return sandbox;
}

const named = (text: string) =>
  [...text.matchAll(/(\d+)\\?\. Party (\d+)/g)].map(([, at, name]) => `${at}. Party ${name}`);
const expected = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at}. Party ${from + at}`);

test.each(['list', 'status'])(
  'a long /countdown %s has pages with buttons for previous and next',
  async (command) => {
    const sandbox = await withCountdowns(14);
    let answer = await sandbox.command(`/countdown ${command}`);
    const labels = () =>
      buttonsIn(answer)
        .map(({ label }) => label)
        .filter((label) => label !== 'Details');
    expect(textIn(answer)).toContain('page 1 of 3');
    expect(named(textIn(answer))).toEqual(expected(1, 6));
    expect(labels()).toEqual(['Next ›']);
    const first = answer.reply?.id;
    answer = await press(sandbox, answer, 'Next ›');
    expect(named(textIn(answer))).toEqual(expected(7, 12));
    expect(labels()).toEqual(['‹ Previous', 'Next ›']);
    answer = await press(sandbox, answer, 'Next ›');
    expect(named(textIn(answer))).toEqual(expected(13, 14));
    expect(labels()).toEqual(['‹ Previous']);
    answer = await press(sandbox, answer, '‹ Previous');
    expect(named(textIn(answer))).toEqual(expected(7, 12));
    expect(answer.reply?.id).toBe(first);
    expect(answer.ephemeral).toBe(true);
  },
);

test('a /countdown list of one page has no buttons but those of its countdowns', async () => {
  const sandbox = await withCountdowns(6);
  const answer = await sandbox.command('/countdown list');
  expect(buttonsIn(answer).map(({ label }) => label)).toEqual(Array(6).fill('Details'));
  expect(textIn(answer)).not.toContain('page');
});

test('the next button works after a restart and shows the last page of a shortened list', async () => {
  const state = temporaryFolder();
  const first = await withCountdowns(13, state);
  const answer = await press(first, await first.command('/countdown list'), 'Next ›');
  await first.stop();
  const sandbox = await botAt('2025-05-01T01:00:00Z', { state });
  for (const number of [13, 12, 11, 10, 9, 8, 7])
    await said(sandbox, `/countdown remove countdown:Party ${number}`);
  expect(named(textIn(await press(sandbox, answer, 'Next ›')))).toEqual(expected(1, 6));
});

test('the next button refuses a member who has lost the permission', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ addRole: { name: 'Manager', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Manager'] } });
  for (let number = 1; number <= 7; number += 1)
    await added(sandbox, `title:Party ${number} date:2025-06-01 channel:releases`);
  const answer = await sandbox.command({ text: '/countdown list', user: 'charon' });
  await sandbox.world({ deleteRole: 'Manager' });
  expect(textIn(await press(sandbox, answer, 'Next ›'))).toContain('**Manage Server**');
});

test.each(['list', 'status', 'settings'])(
  'an invented page of /countdown %s causes no error',
  async (command) => {
    for (const page of ['0', '-1', '99', '1e9', 'NaN', '__proto__', '']) {
      const pressed = { custom_id: `1~press~countdown/${command}~page=${page}`, component_type: 2 };
      const response = await answering({
        type: InteractionType.MessageComponent,
        data: pressed,
        message: { flags: 64, embeds: [{ fields: [{ name: 'x', value: 'y' }] }] },
      });
      expect(JSON.stringify(response)).not.toMatch(/went wrong/);
    }
  },
);

const COMMANDS = [
  'add',
  'list',
  'status',
  'preview',
  'edit',
  'pause',
  'resume',
  'test',
  'remove',
  'settings',
];

test.each(COMMANDS)('/countdown %s refuses a member without Manage Server', async (name) => {
  const value = { countdown: 'x', channel: '100000000000000001', release: 'x' };
  const options = Object.entries(value).map(([option, given]) => ({ name: option, type: 3, value: given }));
  const response = await answering({
    type: InteractionType.ApplicationCommand,
    data: { name: 'countdown', type: 1, options: [{ name, type: 1, options }] },
    member: { permissions: '0' },
  });
  expect(JSON.stringify(response)).toContain('**Manage Server**');
});

test.each([
  [InteractionType.MessageComponent, '1~press~countdown/list~page=2'],
  [InteractionType.MessageComponent, '1~press~countdown/status~page=2'],
  [InteractionType.MessageComponent, '1~press~countdown/settings'],
  [InteractionType.ModalSubmit, '1~submit~countdown/settings'],
])('a countdown button or form without Manage Server is refused (%s, %s)', async (type, custom_id) => {
  const response = await answering({
    type,
    data: { custom_id, component_type: 2, components: [] },
    message: { flags: 64, embeds: [] },
    member: { permissions: '0' },
  });
  expect(JSON.stringify(response)).toContain('**Manage Server**');
});

test.each(['1~submit~countdown/list', '1~submit~ballerina/cast', '1~press~countdown/settings', 'x'])(
  'an unknown form is refused with the reason (%s)',
  async (custom_id) => {
    const response = await answering({
      type: InteractionType.ModalSubmit,
      data: { custom_id, components: 'x' },
    });
    expect(JSON.stringify(response)).toContain('no longer works');
  },
);
