import { randomBytes } from 'node:crypto';
import { ApplicationWebhookType, InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { isLoopbackUrl, sendSigned, sendWithBadSignature } from './send-signed.ts';

type EndpointServices = Pick<Services, 'world' | 'timing'>;

const pongSchema = z.object({ type: z.literal(InteractionResponseType.Pong) });

/**
 * Sets the URL that receives interactions; null sends them over the gateway. As on Discord, the endpoint must answer a
 * PING and refuse a bad signature (documentation: interactions/overview, "Setting Up an Endpoint"). Returns why it was not
 * set, or undefined.
 */
export async function setInteractionsEndpoint(
  services: EndpointServices,
  url: string | null,
): Promise<string | undefined> {
  const { world } = services;
  const createPing = () => ({
    id: world.nextId(),
    application_id: world.bot.id,
    type: InteractionType.Ping,
    token: randomBytes(48).toString('base64url'),
    version: 1,
    user: [...world.guilds.values()][0]?.members[0]?.user,
  });
  const isPong = async (response: Response) =>
    response.status === 200 && pongSchema.safeParse(await response.json()).success;
  const problem = url === null ? undefined : await verifyEndpoint(services, url, { createPing, isPong });
  if (problem !== undefined) return problem;
  world.application.interactionsEndpointUrl = url;
  world.saveMeta();
  return undefined;
}

/**
 * Sets the URL that receives webhook events; null sends none (documentation: events/webhook-events, "Preparing for
 * Events"). Returns why it was not set, or undefined.
 */
export async function setEventWebhooks(
  services: EndpointServices,
  url: string | null,
): Promise<string | undefined> {
  const { world } = services;
  const createPing = () => ({
    version: 1,
    application_id: world.bot.id,
    type: ApplicationWebhookType.Ping,
  });
  const isPong = async ({ status }: Response) => status === 204;
  const problem = url === null ? undefined : await verifyEndpoint(services, url, { createPing, isPong });
  if (problem !== undefined) return problem;
  world.application.eventWebhooksUrl = url;
  world.saveMeta();
  return undefined;
}

/** How an endpoint is verified. */
interface Handshake {
  readonly createPing: () => object;
  readonly isPong: (response: Response) => Promise<boolean>;
}

/** Sends two PINGs, one with a bad signature. Returns what is wrong with the endpoint, or undefined. */
async function verifyEndpoint(
  { world, timing }: EndpointServices,
  url: string,
  { createPing, isPong }: Handshake,
): Promise<string | undefined> {
  if (!isLoopbackUrl(url)) return 'the sandbox only calls addresses of this machine';
  const timeoutMs = timing.answerMs;
  try {
    const response = await sendSigned(world, { url, json: createPing(), timeoutMs });
    if (!(await isPong(response))) return `it does not answer a PING as expected (status ${response.status})`;
    const { status } = await sendWithBadSignature({ url, json: createPing(), timeoutMs });
    return status === 401 ? undefined : `it answers a bad signature with ${status} instead of 401`;
  } catch (error) {
    return `it is unreachable, or its answer is invalid (${error})`;
  }
}
