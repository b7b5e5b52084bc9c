import { expect, test } from 'vitest';
import { sandboxFor } from './support.ts';

test('invalid control calls get a status and a message', async () => {
  const sandbox = await sandboxFor();
  const post = async (path: string, body: string) => {
    const response = await fetch(`${sandbox.url}/sandbox${path}`, { method: 'POST', body });
    return [response.status, ((await response.json()) as { error: string }).error];
  };
  expect(await post('/command', '{')).toEqual([400, 'The body of this call is JSON.']);
  expect((await post('/command', '{}'))[0]).toBe(400);
  expect(await post('/clock', '{"to":"soon"}')).toEqual([
    400,
    '"soon" is no instant. Write it as 2025-06-06T16:00:00Z.',
  ]);
  expect((await post('/clock', '{"to":"2020-01-01T00:00:00Z"}'))[1]).toMatch(/only turns forward/);
  expect(await post('/world', '{"removeBot":"nowhere"}')).toEqual([404, 'There is no server nowhere.']);
  expect(await post('/world', '{"deny":{"channel":"general","permission":"Fly"}}')).toEqual([
    400,
    'There is no permission Fly.',
  ]);
  expect((await post('/world', '{"unknown":1}'))[0]).toBe(400);
  const missing = await fetch(`${sandbox.url}/sandbox/messages?channel=nowhere`);
  expect([missing.status, await missing.json()]).toEqual([404, { error: 'There is no channel nowhere.' }]);
});
