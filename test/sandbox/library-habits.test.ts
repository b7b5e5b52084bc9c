import { expect, test } from 'vitest';
import { dial, IDENTIFY, sandboxFor } from './support.ts';

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
