import { randomBytes } from 'node:crypto';
import { ApplicationWebhookType, InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { isLoopbackUrl, sendSigned, sendWithBadSignature } from './send-signed.ts';

type EndpointServices = Pick<Services, 'world' | 'timing'>;

const pong = z.object({ type: z.literal(InteractionResponseType.Pong) });

/**
 * Sets where interactions are sent, in place of the gateway; null is the gateway again. As on Discord, the endpoint must
 * answer a PING, and refuse one whose signature is bad (documentation: interactions/overview, "Setting Up an Endpoint").
 * Answers what is wrong with it; undefined when nothing is, and it is set.
 */
export async function setInteractionsEndpoint(
  services: EndpointServices,
  url: string | null,
): Promise<string | undefined> {
  const { world } = services;
  const ping = () => ({
    id: world.nextId(),
    application_id: world.bot.id,
    type: InteractionType.Ping,
    token: randomBytes(48).toString('base64url'),
    version: 1,
    user: [...world.guilds.values()][0]?.members[0]?.user,
  });
  const isPong = async (response: Response) =>
    response.status === 200 && pong.safeParse(await response.json()).success;
  const fault = url === null ? undefined : await verifyEndpoint(services, url, ping, isPong);
  if (fault !== undefined) return fault;
  world.application.interactionsEndpointUrl = url;
  world.saveMeta();
  return undefined;
}

/** Sets where webhook events are sent, in the same way (documentation: events/webhook-events, "Preparing for Events"). */
export async function setEventWebhooks(
  services: EndpointServices,
  url: string | null,
): Promise<string | undefined> {
  const { world } = services;
  const ping = () => ({ version: 1, application_id: world.bot.id, type: ApplicationWebhookType.Ping });
  const isTaken = async ({ status }: Response) => status === 204;
  const fault = url === null ? undefined : await verifyEndpoint(services, url, ping, isTaken);
  if (fault !== undefined) return fault;
  world.application.eventWebhooksUrl = url;
  world.saveMeta();
  return undefined;
}

async function verifyEndpoint(
  { world, timing }: EndpointServices,
  url: string,
  ping: () => object,
  isAnswer: (response: Response) => Promise<boolean>,
): Promise<string | undefined> {
  if (!isLoopbackUrl(url)) return 'the sandbox calls no address but those of this machine';
  try {
    const answer = await sendSigned(world, url, ping(), timing.answerMs);
    if (!(await isAnswer(answer))) return `it does not answer a PING as it should (status ${answer.status})`;
    const { status } = await sendWithBadSignature(url, ping(), timing.answerMs);
    return status === 401 ? undefined : `it answers a bad signature with ${status} in place of 401`;
  } catch (error) {
    return `it cannot be reached, or answers something else than it should (${error})`;
  }
}
