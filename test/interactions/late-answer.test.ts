import { setTimeout as delay } from 'node:timers/promises';
import {
  type APIInteraction,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultRuleInput } from '../../sandbox/rules/faults.ts';
import { connectGateway } from '../../src/discord/gateway.ts';
import type { Reply } from '../../src/discord/message/reply.ts';
import type { AnswerInteraction } from '../../src/discord/respond.ts';
import { fetchApplication } from '../../src/discord/rest/application.ts';
import { createRestClient } from '../../src/discord/rest/client.ts';
import { startWebhookServer } from '../../src/discord/webhook/server.ts';
import { isPublic } from '../../src/interactions/parse-request.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { noMetrics } from '../../src/ops/metrics.ts';
import { commands } from '../commands/support.ts';
import { accessTo } from '../discord/rest/access.ts';
import { sandboxFor } from '../sandbox/support.ts';

const log = pino({ level: 'silent' });

const LATE: Reply = {
  content: 'at last',
  allowed_mentions: { parse: [] },
  files: [{ name: 'a.txt', type: 'text/plain', data: 'all of it' }],
};

/** Longer than the bot lets Discord wait for the answer itself. */
const slowly: AnswerInteraction = async ({ type }) => {
  if (type === InteractionType.Ping) return { type: InteractionResponseType.Pong };
  await delay(2_050);
  return { type: InteractionResponseType.ChannelMessageWithSource, data: LATE };
};

/** A Discord to which a slow bot listens in one of the two ways. */
async function slowBot(way: 'gateway' | 'http', forEveryone: boolean) {
  const sandbox = await sandboxFor();
  const { apiUrl } = sandbox;
  const rest = createRestClient(accessTo(apiUrl), noMetrics);
  const application = await fetchApplication(rest, { apiUrl, log });
  await rest.put(`/applications/${application.id}/commands`, { body: [{ name: 'hi', description: 'x' }] });
  const nothing = async () => {};
  const answerer = { handle: slowly, isPublic: () => forEveryone };
  if (way === 'gateway') {
    const connecting = connectGateway({ ...accessTo(apiUrl), shards: undefined, onFatal() {}, log });
    connecting.handle({
      interactions: answerer,
      onGuildRemoved: nothing,
      onGuildsListed: nothing,
      onGuildChanged: nothing,
    });
    onTestFinished(connecting.close);
    await connecting.ready;
  } else {
    const { publicKey } = application;
    const at = { host: '127.0.0.1', port: 0, publicKey, realTime: systemClock() };
    const endpoint = await startWebhookServer({ ...at, rest, answerer, authorized: nothing, log });
    onTestFinished(endpoint.close);
    await sandbox.world({ interactionsEndpoint: `${endpoint.url}/interactions` });
  }
  return sandbox;
}

/** Discord knows a token only some time after it was told of the answer: discord-api-docs#7220. */
const NOT_KNOWN_YET: FaultRuleInput = {
  route: 'PATCH /webhooks/*/*/messages/@original',
  times: 1,
  does: { status: 404, code: 10015 },
};

test.each([
  ['gateway', false, []],
  ['gateway', true, []],
  ['http', false, []],
  ['http', true, [NOT_KNOWN_YET]],
] as const)(
  'a slow answer is deferred in time and then given (%s, for everyone: %s, %j)',
  async (way, forEveryone, faults) => {
    const sandbox = await slowBot(way, forEveryone);
    await sandbox.faults(faults);
    const answer = await sandbox.command('/hi');
    const attachments = [{ filename: 'a.txt' }];
    expect(answer).toMatchObject({ ephemeral: !forEveryone, reply: { content: 'at last', attachments } });
    expect(answer.ms).toBeGreaterThan(2_000);
  },
);

describe('the visibility of a slow answer', () => {
  const typed = (name: string, sub: string, values: Record<string, unknown> = {}) => {
    const options = Object.entries(values).map(([option, value]) => ({ name: option, value }));
    const data = { name, type: ApplicationCommandType.ChatInput, options: [{ name: sub, type: 1, options }] };
    return { type: InteractionType.ApplicationCommand, data } as unknown as APIInteraction;
  };
  const pressed = { type: InteractionType.MessageComponent, data: { custom_id: '1~ask~ballerina/cast' } };

  test.each([
    [true, typed('ballerina', 'ask', { question: 'who plays eve' })],
    [true, typed('wick', 'timeline', { private: false })],
    [false, typed('ballerina', 'ask', { question: 'who plays eve', private: true })],
    [false, typed('countdown', 'list')],
    [false, typed('concierge', 'export')],
    [false, typed('no', 'such')],
    [false, pressed as unknown as APIInteraction],
  ])('is for everyone (%s) after the interaction %j', (forEveryone, interaction) => {
    expect(isPublic(commands, interaction)).toBe(forEveryone);
  });
});
