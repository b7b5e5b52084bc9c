import { expect, test } from 'vitest';
import { createPostsClient } from '../../../src/discord/rest/client.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { sandboxFor } from '../../sandbox/support.ts';

test('what the client sends again after a limit has its turn, and what it sends first has had one', async () => {
  const sandbox = await sandboxFor();
  const [guild] = (await sandbox.state()).guilds;
  const channel = guild?.channels.find(({ name }) => name === 'releases')?.id;
  let turns = 0;
  let limits = 0;
  const pace = async () => {
    turns += 1;
  };
  const access = { apiUrl: sandbox.apiUrl, token: 'x' };
  const posts = createPostsClient(access, noMetrics, pace, () => {
    limits += 1;
  });
  const post = () => posts.post(`/channels/${channel}/messages`, { body: { content: 'hello' } });
  await post();
  expect(turns).toBe(0);
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 1, does: { status: 429 } }]);
  await post();
  expect({ turns, limits }).toEqual({ turns: 1, limits: 1 });
  expect(await sandbox.messages('releases')).toHaveLength(2);
});
