import { type APIInteraction, InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { respond } from '../../src/discord/respond.ts';
import { createRestClient } from '../../src/discord/rest/client.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import { type Answer, NO_VERDICTS } from './answers.ts';
import { accessTo } from './rest/access.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ serverOnly: true, at: '2025-06-06T13:00:00Z', clock: 'manual' });
  await sandbox.world({ limits: 'off' });
});
afterAll(() => sandbox.stop());
afterEach(() => void vi.useRealTimers());

const edits = async () =>
  (await sandbox.counters()).requests['PATCH /webhooks/:id/:token/messages/@original'] ?? 0;

/** Answers an interaction later than Discord allows for the first response. */
async function answerLate(): Promise<void> {
  const interaction = { id: '1', application_id: '2', token: 'x', type: InteractionType.ApplicationCommand };
  const answer = Promise.withResolvers<{ type: 4; data: { content: string } }>();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const rest = createRestClient(accessTo(sandbox.apiUrl), noMetrics);
  const handler = { handle: () => answer.promise, isPublic: () => true };
  const done = respond(rest, interaction as APIInteraction, handler, async () => {});
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  answer.resolve({ type: InteractionResponseType.ChannelMessageWithSource, data: { content: 'late' } });
  await done;
}

const ANSWERS: readonly (readonly [string, Answer])[] = [
  ...NO_VERDICTS.filter(([, { status }]) => [400, 401, 403, 404, 502].includes(status)),
  ['401 with code 50027', { status: 401, code: 50027 }],
  ['404 with code 10008', { status: 404, code: 10008 }],
  ['404 with code 0', { status: 404, code: 0 }],
];

test.each(ANSWERS)('a late answer that is answered %s is given up after few requests', async (_, does) => {
  await sandbox.faults([{ route: 'PATCH /webhooks/*', times: 'always', does }]);
  const before = await edits();
  await expect(answerLate()).rejects.toThrow();
  expect((await edits()) - before).toBeLessThanOrEqual(does.status < 500 ? 1 : 4);
});
