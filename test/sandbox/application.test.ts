import { expect, test } from 'vitest';
import { request, sandboxFor } from './support.ts';

test('the application tells the pages that are named for it', async () => {
  const sandbox = await sandboxFor();
  const about = async () => (await request(sandbox, 'GET', '/applications/@me')).body;
  expect(await about()).not.toHaveProperty('privacy_policy_url');
  await sandbox.world({ pages: { privacy: 'https://example.org/privacy' } });
  expect((await about()).privacy_policy_url).toBe('https://example.org/privacy');
  expect(await about()).not.toHaveProperty('terms_of_service_url');
});
