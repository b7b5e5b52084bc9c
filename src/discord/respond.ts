import type { REST } from '@discordjs/rest';
import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  Routes,
} from 'discord-api-types/v10';

/** Discord wants a first answer within three seconds; by then a slow one is announced. Docs: "Receiving and Responding". */
const DEFER_AFTER_MS = 2_000;

/** Answers within Discord's three seconds: with the answer, or, where it takes longer, with a promise of it. */
export async function respond(
  rest: REST,
  interaction: APIInteraction,
  answer: (interaction: APIInteraction) => Promise<APIInteractionResponse>,
): Promise<void> {
  const answering = answer(interaction);
  const callback = (body: APIInteractionResponse) =>
    rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false });

  const first = await soon(answering, DEFER_AFTER_MS);
  if (first || interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    await callback(first ?? (await answering));
    return;
  }
  await callback({
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  });
  const late = await answering;
  if (!('data' in late) || !late.data) return;
  await rest.patch(Routes.webhookMessage(interaction.application_id, interaction.token), {
    body: late.data,
    auth: false,
  });
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
