import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type ReceivedRequest, startEndpoint } from './endpoint-support.ts';
import { request, sandboxFor } from './support.ts';

const setEvents = (sandbox: Sandbox, url: string | null) =>
  request(sandbox, 'PATCH', '/applications/@me', { event_webhooks_url: url });
const acceptGenuine = ({ isGenuine }: ReceivedRequest) => ({ status: isGenuine ? 204 : 401 });

test('webhook events need a URL that answers a PING with 204 and refuses a bad signature', async () => {
  const sandbox = await sandboxFor();
  const bad = await startEndpoint(sandbox, () => ({ status: 200 }));
  expect((await setEvents(sandbox, bad.url)).body.errors).toHaveProperty('event_webhooks_url');
  const { url, received } = await startEndpoint(sandbox, acceptGenuine);
  expect((await setEvents(sandbox, url)).body).toMatchObject({
    event_webhooks_url: url,
    event_webhooks_status: 2,
  });
  expect(received.map(({ isGenuine, json }) => [isGenuine, json.type])).toEqual([
    [true, 0],
    [false, 0],
  ]);
});

test('webhook events are sent when the bot is added to a server, not when it is removed or an outage ends', async () => {
  const sandbox = await sandboxFor();
  const { url, received } = await startEndpoint(sandbox, acceptGenuine);
  await sandbox.world({ eventWebhooks: url });
  received.length = 0;
  await sandbox.world({ outage: 'The Continental' });
  await sandbox.world({ endOutage: 'The Continental' });
  await sandbox.world({ removeBot: 'The Continental' });
  expect(received).toEqual([]);
  await sandbox.world({ addBot: 'The Continental' });
  expect(received).toMatchObject([
    {
      isGenuine: true,
      json: {
        type: 1,
        event: {
          type: 'APPLICATION_AUTHORIZED',
          data: { integration_type: 0, guild: { name: 'The Continental' } },
        },
      },
    },
  ]);
});
