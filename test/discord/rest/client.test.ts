import { expect, test } from 'vitest';
import { createPostsClient } from '../../../src/discord/rest/client.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { sandboxFor } from '../../sandbox/support.ts';
import { accessTo } from './access.ts';

test('a post that is repeated after a 429 acquires a slot, and its first try does not', async () => {
  const sandbox = await sandboxFor();
  const [guild] = (await sandbox.state()).guilds;
  const channel = guild?.channels.find(({ name }) => name === 'releases')?.id;
  let slots = 0;
  const posts = createPostsClient(accessTo(sandbox.apiUrl), noMetrics, async () => {
    slots += 1;
  });
  const post = () => posts.post(`/channels/${channel}/messages`, { body: { content: 'hello' } });
  await post();
  expect(slots).toBe(0);
  await sandbox.faults([{ route: 'POST /channels/*/messages', times: 1, does: { rateLimit: 0.1 } }]);
  await post();
  expect(slots).toBe(1);
  expect(await sandbox.messages('releases')).toHaveLength(2);
});

test('the client for posts gives a request 15 seconds, and repeats none that failed', () => {
  const { options } = createPostsClient(accessTo('http://127.0.0.1:9/api'), noMetrics, async () => {});
  expect(options).toMatchObject({ timeout: 15_000, retries: 0 });
});
