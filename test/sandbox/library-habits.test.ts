import { expect, test } from 'vitest';
import { startBareSession } from './interaction-support.ts';
import { channelId, dial, IDENTIFY, request, sandboxFor } from './support.ts';

/* What released libraries send although the documentation says otherwise, and Discord takes. */

test('IDENTIFY may name the transport compression in `compress`, as oceanic.js does', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ guilds: 1, channelsEach: 50 });
  const wire = await dial(sandbox);
  wire.send(2, { ...IDENTIFY, compress: 'zstd-stream' });
  const outcome = await Promise.race([wire.closed, wire.next(({ t }) => t === 'READY')]);
  expect(outcome).toMatchObject({ t: 'READY' });
  // It does not ask for payloads that are compressed by themselves.
  expect((await wire.next(({ t }) => t === 'GUILD_CREATE')).d.channels.length).toBeGreaterThan(1);
});

test('a follow-up may have `wait` in its body too, as that of eris has', async () => {
  const notices: string[] = [];
  const { sandbox, appId, interaction, callback } = await startBareSession({
    warn: (line) => notices.push(line),
  });
  const reply = sandbox.command('/hi');
  const { id, token } = await interaction();
  await callback({ id, token }, { type: 4, data: { content: 'First' } });
  await reply;
  const body = { content: 'Second', wait: true };
  const { status } = await request(sandbox, 'POST', `/webhooks/${appId}/${token}?wait=true`, body, {});
  expect(status).toBe(200);
  expect(notices).toEqual([]);
});

test('a field that no request of Discord has is not said to be ignored', async () => {
  const notices: string[] = [];
  const sandbox = await sandboxFor({ warn: (line) => notices.push(line) });
  const path = `/channels/${await channelId(sandbox)}/messages`;
  const { body } = await request(sandbox, 'POST', path, { content: 'first' });
  // eris sends its own options beside what it makes of them.
  const reply = { content: 'second', messageReference: {}, message_reference: { message_id: body.id } };
  expect((await request(sandbox, 'POST', path, reply)).status).toBe(200);
  expect(notices).toEqual([]);
});
