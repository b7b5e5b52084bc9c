import { STATUS_CODES } from 'node:http';
import { handleCallback } from '../http/interaction-callback.ts';
import { readBody } from '../http/request-body.ts';
import { DiscordError } from '../rules/errors.ts';
import type { Services } from '../services.ts';
import { sendSigned } from '../webhooks/send-signed.ts';
import type { Interaction } from '../world/interactions.ts';
import { ControlError } from './errors.ts';

/**
 * Sends an interaction to the bot's endpoint. The response holds the first answer, or is an empty 202 where the bot answers
 * by a request of its own (documentation: interactions/receiving-and-responding, "Responding to an Interaction"). Anything
 * else, or nothing within three seconds, and the person sees that the application did not respond.
 */
export async function deliverInteraction(
  services: Services,
  url: string,
  interaction: Interaction,
  payload: object,
) {
  const { world, interactions, timing } = services;
  try {
    const response = await sendSigned(world, url, payload, timing.answerMs);
    if (response.status === 202) return;
    if (response.status !== 200)
      throw new Error(`its endpoint answered ${response.status} ${STATUS_CODES[response.status] ?? ''}`);
    const body = await readBody(response);
    handleCallback(services, interactions.requireUnanswered(interaction.id, interaction.token), body);
  } catch (error) {
    interaction.acknowledged.reject(
      new ControlError(`The application did not respond: ${describeFailure(error)}`, 504),
    );
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof DiscordError) return `its answer was refused, ${JSON.stringify(error.body)}`;
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'its endpoint took too long';
  return error.cause instanceof Error
    ? `its endpoint cannot be reached, ${error.cause.message}`
    : error.message;
}
