import { setTimeout as delay } from 'node:timers/promises';
import { InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { FaultInput } from '../../sandbox/rules/faults.ts';
import { systemClock } from '../../src/clock.ts';
import { askApplication } from '../../src/discord/application.ts';
import { openEndpoint } from '../../src/discord/endpoint.ts';
import { openGateway } from '../../src/discord/gateway.ts';
import type { Reply } from '../../src/discord/reply.ts';
import type { AnswerInteraction } from '../../src/discord/respond.ts';
import { openRest } from '../../src/discord/rest.ts';
import { noMeters } from '../../src/ops/meters.ts';
import { sandboxFor } from '../sandbox/support.ts';

const log = pino({ level: 'silent' });

const LATE: Reply = {
  content: 'at last',
  allowed_mentions: { parse: [] },
  files: [{ name: 'a.txt', type: 'text/plain', text: 'all of it' }],
};

/** Longer than the bot lets Discord wait for the answer itself. */
const slowly: AnswerInteraction = async ({ type }) => {
  if (type === InteractionType.Ping) return { type: InteractionResponseType.Pong };
  await delay(2_050);
  return { type: InteractionResponseType.ChannelMessageWithSource, data: LATE };
};

/** A Discord to which a slow bot listens in one of the two ways. */
async function slowBot(way: 'gateway' | 'http') {
  const sandbox = await sandboxFor();
  const { apiUrl } = sandbox;
  const rest = openRest({ apiUrl, token: 'x' }, noMeters);
  const application = await askApplication(rest, apiUrl);
  await rest.put(`/applications/${application.id}/commands`, { body: [{ name: 'hi', description: 'x' }] });
  const nothing = async () => {};
  if (way === 'gateway') {
    const events = { removed: nothing, changed: nothing, failed() {} };
    const gateway = await openGateway({
      token: 'x',
      apiUrl,
      shards: undefined,
      answer: slowly,
      ...events,
      log,
    });
    onTestFinished(gateway.close);
  } else {
    const { publicKey } = application;
    const at = { host: '127.0.0.1', port: 0, publicKey, realTime: systemClock() };
    const endpoint = await openEndpoint({ ...at, rest, answer: slowly, authorized: nothing, log });
    onTestFinished(endpoint.close);
    await sandbox.world({ interactionsEndpoint: `${endpoint.url}/interactions` });
  }
  return sandbox;
}

/** Discord knows a token only some time after it was told of the answer: discord-api-docs#7220. */
const NOT_KNOWN_YET: FaultInput = {
  route: 'PATCH /webhooks/*/*/messages/@original',
  times: 1,
  does: { status: 404, code: 10015 },
};

test.each([
  ['gateway', []],
  ['http', []],
  ['http', [NOT_KNOWN_YET]],
] as const)('a slow answer is announced in time, and then given: %s %j', async (way, faults) => {
  const sandbox = await slowBot(way);
  await sandbox.faults(faults);
  const answer = await sandbox.command('/hi');
  const attachments = [{ filename: 'a.txt' }];
  expect(answer).toMatchObject({ ephemeral: true, reply: { content: 'at last', attachments } });
  expect(answer.ms).toBeGreaterThan(2_000);
});
