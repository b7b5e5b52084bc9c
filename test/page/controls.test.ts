import { expect, onTestFinished, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { channelId, request, sandboxFor } from '../sandbox/support.ts';

const post = async (sandbox: Sandbox, path: string, body: object) => {
  const response = await fetch(`${sandbox.url}/sandbox${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return (await response.json()) as { now?: string; url?: string; error?: string };
};

/** The events of a sandbox, one after the other. */
async function* events(sandbox: Sandbox): AsyncGenerator<{ t: string; now: string; d: unknown }> {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const response = await fetch(`${sandbox.url}/sandbox/events`, { signal: end.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice('data: '.length));
  }
}

test('the event stream reports events as they happen, with the bot’s requests', async () => {
  const sandbox = await sandboxFor();
  const told = events(sandbox);
  const first = told.next();
  // The answer's head has come when the first chunk has; a message then is not missed.
  await sandbox.world({ addChannel: { name: 'new' } });
  expect((await first).value).toMatchObject({ t: 'CHANNEL_CREATE', d: { name: 'new' } });
  await request(sandbox, 'POST', `/channels/${await channelId(sandbox)}/messages`, { content: 'hello' });
  expect((await told.next()).value).toMatchObject({
    t: 'MESSAGE_CREATE',
    now: expect.stringMatching(/^2024-01-20T12:/),
    d: { message: { content: 'hello' }, request: { content: 'hello' }, onlyFor: null },
  });
  await sandbox.turn('2024-02-01T00:00:00Z');
  expect((await told.next()).value).toMatchObject({ t: 'SANDBOX_CLOCK', d: { now: '2024-02-01T00:00:00Z' } });
});

test('the history shows a channel as one person sees it', async () => {
  const sandbox = await sandboxFor();
  const id = await channelId(sandbox);
  await request(sandbox, 'POST', `/channels/${id}/messages`, { content: 'hello' });
  const john = (await sandbox.state()).guilds[0]?.members.find(({ name }) => name === 'john')?.id;
  const of = async (query: string) => (await fetch(`${sandbox.url}/sandbox/history?${query}`)).json();
  expect(await of(`channel=${id}&user=${john}`)).toMatchObject({
    channel: id,
    messages: [{ message: { content: 'hello' }, request: { content: 'hello' } }],
  });
  expect(await of(`channel=dm&user=${john}`)).toMatchObject({ messages: [] });
  expect(await of(`channel=1&user=${john}`)).toEqual({ error: 'There is no channel 1.' });
  expect(await of('channel=dm&user=1')).toEqual({ error: 'There is no user 1.' });
});

test('the clock can be turned to the next post, or says that there is none', async () => {
  const sandbox = await startSandbox({ at: '2025-05-01T12:00:00Z' });
  onTestFinished(() => sandbox.stop());
  expect((await post(sandbox, '/clock', { to: 'next post' })).error).toMatch(/Nothing is scheduled yet/);
  await sandbox.command('/countdown add release:Ballerina channel:releases timezone:UTC milestones:7,0');
  expect((await sandbox.state()).next).not.toBeNull();
  expect((await post(sandbox, '/clock', { to: 'next post' })).now).toMatch(/^2025-05-30T09:00:00/);
  expect((await post(sandbox, '/clock', { to: 'next post' })).now).toMatch(/^2025-06-06T09:00:00/);
  expect(await sandbox.messages('releases')).toHaveLength(2);
});

test('a second world runs beside the first one and ends with it', async () => {
  const sandbox = await startSandbox({ at: '2025-05-01T12:00:00Z' });
  const { url = '' } = await post(sandbox, '/another', { at: '2023-05-01T12:00:00Z' });
  const state = (await (await fetch(`${url}/sandbox/state`)).json()) as { now: string; commands: object[] };
  expect(state.now).toMatch(/^2023-05-01T12:/);
  expect(state.commands.length).toBeGreaterThan(0);
  expect((await post(sandbox, '/another', { at: 'soon' })).error).toMatch(/is no instant/);
  await sandbox.stop();
  await expect(fetch(url)).rejects.toThrow();

  const empty = await sandboxFor();
  expect((await post(empty, '/another', { at: '2023-05-01T12:00:00Z' })).error).toMatch(/without a bot/);
});
