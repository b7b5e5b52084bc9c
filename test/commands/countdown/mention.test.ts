import { expect, test } from 'vitest';
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
  expect(answer).toContain(`<@&${id}> can be pinged by me only if it is mentionable`);
});

test('/countdown add refuses a role that the member may not mention', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  await sandbox.world({ addRole: { name: 'Manager', permissions: ['ManageGuild'] } });
  await sandbox.world({ addMember: { name: 'charon', roles: ['Manager'] } });
  const scene = { user: 'charon' };
  const refused = await said(sandbox, `/countdown add ${COUNTDOWN} role:Ruska Roma`, scene);
  expect(refused).toContain('You may not mention');
  expect(await said(sandbox, '/countdown list', scene)).toContain('no countdowns');
  await added(sandbox, `${COUNTDOWN} role:High Table`, scene);
});

test('/countdown add refuses the role @everyone', async () => {
  const sandbox = await botAt('2025-06-05T00:00:00Z');
  const refused = await said(sandbox, `/countdown add ${COUNTDOWN} role:@everyone`);
  expect(refused).toContain('never everyone');
  expect(await said(sandbox, '/countdown list')).toContain('no countdowns');
});
