import { expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { press, textIn } from '../../support.ts';
import { added, botAt, requestOf, said } from './support.ts';

const COUNTDOWN = 'release:ballerina/release/theatrical/us channel:releases milestones:0';

async function posted(role: string) {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  const answer = await added(sandbox, `${COUNTDOWN} role:${role}`);
  await sandbox.turn('2025-06-07T00:00:00Z');
  const [message, ...more] = await sandbox.messages('releases');
  const [guild] = (await sandbox.state()).guilds;
  const id = guild?.roles.find(({ name }) => name === role)?.id;
  if (!message || !id || more.length > 0) throw new Error('one message and its role were expected');
  return { message, id, answer };
}

test('a countdown post mentions only the chosen role', async () => {
  const { message, id } = await posted('High Table');
  expect(message.content).toMatch(new RegExp(`^<@&${id}> `));
  expect(message.mentions).toEqual({ users: [], roles: [id], everyone: false });
  expect(requestOf(message).allowed_mentions).toEqual({ parse: [], roles: [id] });
});

test('/countdown add warns about a role that the bot cannot mention', async () => {
  const { id, answer } = await posted('Ruska Roma');
  expect(answer).toContain(`I can ping <@&${id}> only if it is mentionable`);
});

test('/countdown add refuses a role that the member may not mention', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await sandbox.world({ addRole: { name: 'Manager', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Manager'] } });
  const scene = { user: 'charon' };
  const refused = await said(sandbox, `/countdown add ${COUNTDOWN} role:Ruska Roma`, scene);
  expect(refused).toContain('You can’t mention');
  expect(await said(sandbox, '/countdown list', scene)).toContain('no countdowns');
  await added(sandbox, `${COUNTDOWN} role:High Table`, scene);
});

test('/countdown add refuses the role @everyone', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  const refused = await said(sandbox, `/countdown add ${COUNTDOWN} role:@everyone`);
  expect(refused).toContain('I can’t mention everyone');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});

const SILENT = 'only if it is mentionable';
const GONE = 'The role it mentions is gone';
const CHARON = { user: 'charon' };

/** A server in which charon may manage the server, but mention no role that is not mentionable. */
async function withManager(): Promise<Sandbox> {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await sandbox.world({ addRole: { name: 'Manager', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Manager'] } });
  return sandbox;
}
const mayMention = (channel: string, whom: string) => ({
  channel,
  permission: 'MentionEveryone',
  for: whom,
});

/** Chooses the role of the settings, and returns what is answered. */
async function chooseRole(sandbox: Sandbox, role: string, scene: object = {}): Promise<string> {
  const shown = await sandbox.command({ text: '/countdown settings', ...scene });
  const { interaction = '' } = await press(sandbox, shown, 'Change …');
  return textIn(await sandbox.modal({ interaction, fields: { role: [role] } }));
}

test('a role may be mentioned by the permission in the target channel, wherever the command is typed', async () => {
  const sandbox = await withManager();
  await sandbox.world({ allow: mayMention('general', 'charon') });
  const typedInGeneral = { ...CHARON, channel: 'general' };
  const add = `/countdown add ${COUNTDOWN} role:Ruska Roma`;
  expect(await said(sandbox, add, typedInGeneral)).toContain('You can’t mention');
  await added(sandbox, COUNTDOWN, typedInGeneral);
  const edit = '/countdown edit countdown:Ballerina role:Ruska Roma';
  expect(await said(sandbox, edit, typedInGeneral)).toContain('You can’t mention');
  await sandbox.world({ allow: mayMention('releases', 'charon') });
  await sandbox.world({ deny: mayMention('general', 'charon') });
  expect(await said(sandbox, edit, typedInGeneral)).toContain('Countdown changed');
  await added(sandbox, 'title:x date:2025-07-01 channel:releases role:Ruska Roma', typedInGeneral);
});

test('/countdown edit changes nothing where Discord does not tell whether the role may be mentioned', async () => {
  const sandbox = await withManager();
  await added(sandbox, COUNTDOWN, CHARON);
  await sandbox.faults([{ route: 'GET /guilds/*', times: 'always', does: { status: 500 } }]);
  const answer = await said(sandbox, '/countdown edit countdown:Ballerina role:Ruska Roma', CHARON);
  expect(answer).toMatch(/didn’t tell me in time whether you can mention <@&\d+>\. Nothing was changed/);
  expect(await said(sandbox, '/countdown list', CHARON)).not.toContain('Mentions');
});

test('/countdown settings refuses a role that the member may mention only in the channel of the command', async () => {
  const sandbox = await withManager();
  await sandbox.world({ allow: mayMention('general', 'charon') });
  const scene = { ...CHARON, channel: 'general' };
  expect(await chooseRole(sandbox, 'Ruska Roma', scene)).toContain('You can’t mention');
  expect(await chooseRole(sandbox, 'High Table', scene)).toContain('Saved');
});

test('a role of the settings that the bot cannot ping gets the remark of one that was typed', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  expect(await chooseRole(sandbox, 'Ruska Roma')).toMatch(new RegExp(`Saved.*${SILENT}`, 's'));
  expect(await added(sandbox, COUNTDOWN)).toContain(SILENT);
  expect(await said(sandbox, '/countdown status')).toContain(SILENT);
});

test('a role that the bot may ping in the target channel gets no remark', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await sandbox.world({ allow: mayMention('releases', 'Concierge') });
  expect(await added(sandbox, `${COUNTDOWN} role:Ruska Roma`)).not.toContain(SILENT);
  expect(await said(sandbox, '/countdown list')).not.toContain(SILENT);
  expect(await added(sandbox, `${COUNTDOWN.replace('releases', 'general')} role:Ruska Roma`)).toContain(
    SILENT,
  );
});

test('a deleted role is mentioned no more, and list, status, preview and edit say that it is gone', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await added(sandbox, `${COUNTDOWN},1 time:13:00 role:High Table`);
  await sandbox.world({ deleteRole: 'High Table' });
  for (const command of [
    'list',
    'status',
    'preview countdown:Ballerina',
    'edit countdown:Ballerina time:14:00',
  ]) {
    const answer = await said(sandbox, `/countdown ${command}`);
    expect(answer).toContain(GONE);
    expect(answer).not.toContain('<@&');
  }
  await said(sandbox, '/countdown test countdown:Ballerina');
  await sandbox.turn('2025-06-07T00:00:00Z');
  const messages = await sandbox.messages('releases');
  expect(messages).toHaveLength(3);
  for (const message of messages) {
    expect(message.content).not.toContain('<@&');
    expect(requestOf(message).allowed_mentions).toEqual({ parse: [] });
  }
});

test('a role of the settings that was deleted is reported by /countdown add', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await chooseRole(sandbox, 'High Table');
  await sandbox.world({ deleteRole: 'High Table' });
  expect(await added(sandbox, COUNTDOWN)).toContain(GONE);
});

test('a post with a role is made when Discord does not say whether the role exists', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await added(sandbox, `${COUNTDOWN} role:High Table`);
  await sandbox.faults([{ route: 'GET /guilds/*', times: 'always', does: { status: 500 } }]);
  await sandbox.turn('2025-06-07T00:00:00Z');
  expect((await sandbox.messages('releases')).map(({ content }) => content)).toEqual([
    expect.stringMatching(/^<@&\d+> /),
  ]);
});
