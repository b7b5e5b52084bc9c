import { setTimeout as delay } from 'node:timers/promises';
import type { REST } from '@discordjs/rest';
import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
} from 'discord-api-types/v10';
import { answerRequest, messageRequest, type Sent } from './rest/multipart.ts';

/** Discord wants a first answer within three seconds; by then a slow one is announced. Docs: "Receiving and Responding". */
const DEFER_AFTER_MS = 2_000;
/** Discord may not know yet that it was announced, for seconds: discord-api-docs#7220. */
const EDIT_AGAIN_AFTER_MS = [250, 1_000, 4_000];

export type AnswerInteraction = (interaction: APIInteraction) => Promise<APIInteractionResponse>;

/** Answers interactions, and knows beforehand who is to see an answer that takes long: Discord lets nobody change that later. */
export interface InteractionHandler {
  handle: AnswerInteraction;
  isPublic(interaction: APIInteraction): boolean;
}

/** Sends the first answer the way the interaction came: as a request of our own, or in the response to Discord's. */
export type SendInitialResponse = (response: APIInteractionResponse) => Promise<void>;

/** Answers within Discord's three seconds: with the answer, or, where it takes longer, with a promise of it. */
export async function respond(
  rest: REST,
  interaction: APIInteraction,
  { handle, isPublic }: InteractionHandler,
  sendFirst: SendInitialResponse,
): Promise<void> {
  const answering = handle(interaction);
  const inTime = await soon(answering, DEFER_AFTER_MS);
  if (inTime || interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    return sendFirst(inTime ?? (await answering));
  }
  await sendFirst({
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(!isPublic(interaction) && { data: { flags: MessageFlags.Ephemeral } }),
  });
  const late = await answering;
  if ('data' in late && late.data) await editFirst(rest, interaction, messageRequest(late.data));
}

/** Sends the first answer as a request of its own, as is done for what came over the gateway. */
export function byCallback(rest: REST, { id, token }: APIInteraction): SendInitialResponse {
  return async (response) => {
    await rest.post(Routes.interactionCallback(id, token), { ...answerRequest(response), auth: false });
  };
}

async function editFirst(
  rest: REST,
  { application_id: application, token }: APIInteraction,
  request: Sent,
): Promise<void> {
  const edit = () => rest.patch(Routes.webhookMessage(application, token), { ...request, auth: false });
  for (const ms of EDIT_AGAIN_AFTER_MS) {
    try {
      await edit();
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== RESTJSONErrorCodes.UnknownWebhook) throw error;
      await delay(ms);
    }
  }
  await edit();
}

async function soon<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, waited]);
  } finally {
    clearTimeout(timer);
  }
}
