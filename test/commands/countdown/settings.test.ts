import { expect, test } from 'vitest';
import type { Reply } from '../../../sandbox/client.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { press, textIn } from '../../support.ts';
import { added, botAt, posts, said, storedRows, temporaryFolder } from './support.ts';

const START = '2025-05-29T00:00:00Z';
const BALLERINA = 'release:ballerina/release/theatrical/us channel:releases';

type Fields = Record<string, string | string[]>;

/** Opens the form by the button of a message and sends it in. */
async function fill(sandbox: Sandbox, from: Reply, button: string, fields: Fields): Promise<Reply> {
  const { interaction = '' } = await press(sandbox, from, button);
  return sandbox.modal({ interaction, fields });
}

/** What stands in an opened form, by field. */
function standsIn({ modal }: Reply): Record<string, unknown> {
  const components = (modal?.components ?? []) as { component: Record<string, unknown> }[];
  return Object.fromEntries(
    components.map(({ component: { custom_id, value, default_values: chosen } }) => [
      custom_id,
      value ?? chosen,
    ]),
  );
}

const settings = (sandbox: Sandbox, scene: object = {}) =>
  sandbox.command({ text: '/countdown settings', ...scene });

test('/countdown settings apply to new countdowns unless /countdown add overrides them', async () => {
  const sandbox = await botAt(START);
  const shown = await settings(sandbox);
  expect(shown.ephemeral).toBe(true);
  expect(textIn(shown)).toMatch(/UTC.*09:00.*30, 7, 1, 0.*nobody.*American English/s);
  const saved = await fill(sandbox, shown, 'Change …', {
    timezone: 'kathmandu',
    time: '9 pm',
    milestones: '0 7',
    role: ['High Table'],
    language: 'german',
  });
  expect(saved.reply?.id).toBe(shown.reply?.id);
  expect(textIn(saved)).toMatch(/^.*Saved.*Asia\/Kathmandu.*21:00.*7, 0.*<@&\d+>.*German \(Deutsch\)/s);

  const first = await added(sandbox, BALLERINA);
  expect(first).toMatch(/at 21:00 Asia\/Kathmandu – 7 days before, and on the day\nMentions <@&/);
  const second = await added(sandbox, `${BALLERINA.replace('releases', 'general')} time:8:00 no_role:true`);
  expect(second).toContain('at 08:00 Asia/Kathmandu – 7 days before, and on the day');
  expect(second).not.toContain('Mentions');
  await sandbox.turn('2025-05-31T00:00:00Z');
  expect(await posts(sandbox)).toEqual([expect.stringMatching(/^2025-05-30T15:15Z <@&.*June 6, 2025/)]);
});

test('the settings form shows current values, and empty fields restore the defaults', async () => {
  const sandbox = await botAt(START);
  const fields = {
    timezone: 'Asia/Tokyo',
    time: '10:00',
    milestones: '3',
    role: ['High Table'],
    language: 'fr',
  };
  const saved = await fill(sandbox, await settings(sandbox), 'Change …', fields);
  const form = await press(sandbox, saved, 'Change …');
  const [guild] = (await sandbox.state()).guilds;
  const role = guild?.roles.find(({ name }) => name === 'High Table')?.id;
  expect(standsIn(form)).toEqual({ ...fields, role: [{ id: role, type: 'role' }] });
  const { interaction = '' } = form;
  const empty = { timezone: '', time: '', milestones: '', role: [], language: '' };
  expect(textIn(await sandbox.modal({ interaction, fields: empty }))).toMatch(
    /UTC.*09:00.*30, 7, 1, 0.*nobody.*American English/s,
  );
});

test('the settings form names each invalid field, changes nothing and reopens with the input', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt(START, { state });
  const typed = {
    timezone: 'Mars @everyone',
    time: 'noon `x`',
    milestones: '1,2,3,4,5,6,7,8,9,10,11',
    role: ['High Table'],
    language: 'Klingon',
  };
  const refused = await fill(sandbox, await settings(sandbox), 'Change …', typed);
  for (const label of [
    'Time zone',
    'Time of the posts',
    'Days before (0 is the day itself)',
    'Language of the posts',
  ])
    expect(textIn(refused)).toContain(`for \`${label}\``);
  expect(textIn(await settings(sandbox))).toContain('nobody');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('Klingon'))).toEqual([]);

  const again = await botAt('2025-05-29T01:00:00Z', { state });
  const form = await press(again, refused, 'Open the form again');
  expect(standsIn(form)).toEqual({
    ...typed,
    time: "noon 'x'",
    role: [{ id: expect.stringMatching(/^\d+$/), type: 'role' }],
  });
  const { interaction = '' } = form;
  const right = { timezone: 'berlin', time: '12:00', milestones: '1', language: '' };
  const saved = textIn(await again.modal({ interaction, fields: right }));
  expect(saved).toMatch(/Saved.*Europe\/Berlin.*12:00.*<@&\d+>/s);
});

test('the settings form refuses a role that the member may not mention but keeps the current one', async () => {
  const sandbox = await botAt(START);
  await sandbox.world({ addRole: { name: 'Manager', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Manager'] } });
  await fill(sandbox, await settings(sandbox), 'Change …', { role: ['Ruska Roma'] });
  const shown = await settings(sandbox, { user: 'charon' });
  expect(textIn(await fill(sandbox, shown, 'Change …', { time: '10:00' }))).toMatch(/Saved.*10:00.*<@&/s);
  const other = await settings(sandbox, { user: 'charon' });
  await sandbox.world({ addRole: { name: 'Camorra' } });
  const refused = await fill(sandbox, other, 'Change …', { role: ['Camorra'] });
  expect(textIn(refused)).toContain('You can’t mention');
});

test('the settings form refuses the role @everyone', async () => {
  const sandbox = await botAt(START);
  const refused = await fill(sandbox, await settings(sandbox), 'Change …', { role: ['@everyone'] });
  expect(textIn(refused)).toContain('I can’t mention everyone');
});

test('countdown settings survive the last countdown and are deleted with the server', async () => {
  const state = temporaryFolder();
  const sandbox = await botAt(START, { state });
  await fill(sandbox, await settings(sandbox), 'Change …', { timezone: 'Asia/Tokyo' });
  await added(sandbox, BALLERINA);
  await said(sandbox, '/countdown remove countdown:Ballerina');
  expect(textIn(await settings(sandbox))).toContain('Asia/Tokyo');
  await sandbox.world({ removeBot: 'The Continental' });
  await sandbox.turn('2025-05-30T00:00:00Z');
  await sandbox.stop();
  expect(storedRows(state).filter((row) => row.includes('Tokyo'))).toEqual([]);
});
