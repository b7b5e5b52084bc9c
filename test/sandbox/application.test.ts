import { expect, test } from 'vitest';
import { request, sandboxFor } from './support.ts';

test('the application has the URLs of its privacy policy and terms, once they are set', async () => {
  const sandbox = await sandboxFor();
  const about = async () => (await request(sandbox, 'GET', '/applications/@me')).body;
  expect(await about()).not.toHaveProperty('privacy_policy_url');
  await sandbox.world({ pages: { privacy: 'https://example.org/privacy' } });
  expect((await about()).privacy_policy_url).toBe('https://example.org/privacy');
  expect(await about()).not.toHaveProperty('terms_of_service_url');
});
