import { STATUS_CODES } from 'node:http';
import { handleCallback } from '../http/interaction-callback.ts';
import { readBody } from '../http/request-body.ts';
import { DiscordError } from '../rules/errors.ts';
import type { Services } from '../services.ts';
import { sendSigned } from '../webhooks/send-signed.ts';
import type { Interaction } from '../world/interactions.ts';
import { ControlError } from './errors.ts';

/** An interaction on its way to the bot's endpoint. */
export interface InteractionDelivery {
  readonly url: string;
  readonly interaction: Interaction;
  /** Discord's interaction object. */
  readonly payload: object;
}

/**
 * Sends an interaction to the bot's endpoint, and carries out the callback in the response. After an empty 202 the bot
 * responds by a request (documentation: interactions/receiving-and-responding, "Responding to an Interaction"). Never
 * rejects: on a failure the interaction fails with "The application did not respond".
 */
export async function deliverInteraction(
  services: Services,
  { url, interaction, payload }: InteractionDelivery,
): Promise<void> {
  const { world, interactions, timing } = services;
  try {
    const response = await sendSigned(world, { url, json: payload, timeoutMs: timing.answerMs });
    if (response.status === 202) return;
    if (response.status !== 200)
      throw new Error(`its endpoint answered ${response.status} ${STATUS_CODES[response.status] ?? ''}`);
    const body = await readBody(response);
    handleCallback(services, interactions.requireUnanswered(interaction.id, interaction.token), body);
  } catch (error) {
    if (error instanceof DiscordError) for (const what of error.lacking) services.notices.lacks(what);
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
