import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { sandboxFor } from './support.ts';

/** A GET with headers that fetch would not let through. */
async function status(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> {
  const sent = httpRequest(url, { headers, method });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

test('requests with another host or origin are refused with 403', async () => {
  const sandbox = await sandboxFor();
  const { port } = new URL(sandbox.url);
  const state = `${sandbox.url}/sandbox/state`;
  expect(await status(state, {})).toBe(200);
  expect(await status(state, { host: `localhost:${port}` })).toBe(200);
  expect(await status(state, { host: 'evil.example' })).toBe(403);
  expect(await status(state, { host: `evil.example:${port}` })).toBe(403);
  expect(await status(state, { origin: 'http://evil.example' })).toBe(403);
  expect(await status(state, { origin: 'null' })).toBe(403);
  expect(await status(state, { origin: sandbox.url })).toBe(200);
  expect(await status(`${sandbox.apiUrl}/v10/gateway`, { host: 'evil.example' })).toBe(403);
});

test('the root lists the control calls, an unknown call is a 404', async () => {
  const sandbox = await sandboxFor();
  expect(await (await fetch(sandbox.url)).text()).toContain('POST /sandbox/command');
  expect((await fetch(`${sandbox.url}/sandbox/nothing`)).status).toBe(404);
});
