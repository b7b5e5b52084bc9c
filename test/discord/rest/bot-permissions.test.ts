import { expect, test } from 'vitest';
import { missingPostPermissions } from '../../../src/discord/permissions.ts';
import { fetchApplication } from '../../../src/discord/rest/application.ts';
import { createRateLimitedGet, findPostableChannels } from '../../../src/discord/rest/bot-permissions.ts';
import { createRestClient } from '../../../src/discord/rest/client.ts';
import { noMetrics } from '../../../src/ops/metrics.ts';
import { silent } from '../../delivery/support.ts';
import { sandboxFor } from '../../sandbox/support.ts';
import { accessTo } from './access.ts';

const STEPS = ['deny', 'allow', undefined] as const;

test('permissions are computed as Discord does, for any overwrites', async () => {
  const sandbox = await sandboxFor();
  await sandbox.world({ limits: 'off' });
  const combinations = STEPS.flatMap((everyone) =>
    STEPS.flatMap((role) => STEPS.map((member) => ({ everyone, role, member }))),
  );
  const { bot } = await sandbox.state();
  for (const [at, steps] of combinations.entries()) {
    const channel = `channel-${at}`;
    await sandbox.world({ addChannel: { name: channel } });
    const whom = { everyone: '@everyone', role: 'Concierge', member: bot.id };
    for (const [step, said] of Object.entries(steps)) {
      const change = { channel, permission: 'SendMessages', for: whom[step as keyof typeof whom] };
      if (said) await sandbox.world({ [said]: change });
    }
  }
  await sandbox.world({ addChannel: { name: 'hidden' } });
  await sandbox.world({ deny: { channel: 'hidden', permission: 'ViewChannel' } });

  const { guilds } = await sandbox.state();
  const [guild] = guilds;
  const channels = guild?.channels ?? [];
  const rest = createRestClient(accessTo(sandbox.apiUrl), noMetrics);
  const { botId } = await fetchApplication(rest, { apiUrl: sandbox.apiUrl, log: silent });
  const gone = '999999999999999999';
  const found = await findPostableChannels(
    createRateLimitedGet(rest, async () => {}),
    botId,
    guild?.id ?? '',
    [...channels.map(({ id }) => id), gone],
  );

  const may = channels.filter(
    ({ botPermissions, type }) => missingPostPermissions(BigInt(botPermissions), type).length === 0,
  );
  expect(may.length).toBeGreaterThan(5);
  expect(may.length).toBeLessThan(channels.length - 5);
  expect([...found].sort()).toEqual(may.map(({ id }) => id).sort());
});
