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
import { answerRequest, encodeRequest, messageRequest, type RequestContent } from './rest/multipart.ts';

/** A first answer is due within three seconds: docs "Receiving and Responding". A slower one is deferred by then. */
const DEFER_AFTER_MS = 2_000;
/** For some seconds Discord may not know of the deferred answer: discord-api-docs#7220. */
const EDIT_RETRY_DELAYS_MS = [250, 1_000, 4_000];

/** Returns the answer to an interaction. */
export type AnswerInteraction = (interaction: APIInteraction) => Promise<APIInteractionResponse>;

/** Answers interactions. */
export interface InteractionHandler {
  handle: AnswerInteraction;
  /** Whether everyone will see the answer. Needed before there is one: a deferred answer cannot change it. */
  isPublic(interaction: APIInteraction): boolean;
}

/** Sends the first answer: as a request, or as the response to Discord's request. */
export type SendInitialResponse = (response: APIInteractionResponse) => Promise<void>;

/** Answers an interaction in time: with the answer, or with a deferred one that is edited later. */
export async function respond(
  rest: REST,
  interaction: APIInteraction,
  { handle, isPublic }: InteractionHandler,
  send: SendInitialResponse,
): Promise<void> {
  const answering = handle(interaction);
  const answer = await withTimeout(answering, DEFER_AFTER_MS);
  if (answer || interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    return send(answer ?? (await answering));
  }
  await send({
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(!isPublic(interaction) && { data: { flags: MessageFlags.Ephemeral } }),
  });
  const lateAnswer = await answering;
  if ('data' in lateAnswer && lateAnswer.data)
    await editDeferred(rest, interaction, messageRequest(forEdit(lateAnswer.data)));
}

/** Returns a sender that makes a request, for interactions that came over the gateway. */
export function createCallbackSender(rest: REST, { id, token }: APIInteraction): SendInitialResponse {
  return async (response) => {
    await rest.post(Routes.interactionCallback(id, token), {
      ...encodeRequest(answerRequest(response)),
      auth: false,
    });
  };
}

/** Returns a message as an edit takes it: whether it is private was settled when it was announced. */
function forEdit(message: object): object {
  const { flags = 0, ...rest } = message as { flags?: number };
  const kept = flags & MessageFlags.IsComponentsV2;
  return kept ? { ...rest, flags: kept } : rest;
}

async function editDeferred(
  rest: REST,
  { application_id: application, token }: APIInteraction,
  request: RequestContent,
): Promise<void> {
  const edit = () =>
    rest.patch(Routes.webhookMessage(application, token), { ...encodeRequest(request), auth: false });
  for (const ms of EDIT_RETRY_DELAYS_MS) {
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

/** Resolves with the result, or undefined after `ms`. */
async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
