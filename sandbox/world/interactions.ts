import { randomBytes } from 'node:crypto';
import type { APIUser, InteractionType } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import type { Channel, Guild, StoredMessage } from './types.ts';

/** What came of an interaction, as the person who caused it sees it. */
export type InteractionOutcome =
  | { readonly kind: 'message'; readonly stored: StoredMessage }
  | { readonly kind: 'choices'; readonly choices: unknown[] }
  | { readonly kind: 'modal'; readonly modal: object };

/** An interaction between its dispatch and the end of its token. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: APIUser;
  readonly guild: Guild | null;
  readonly channel: Channel;
  /** What the bot may do in the channel. */
  readonly permissions: bigint;
  /** The message whose component was used; null for commands. */
  readonly source: StoredMessage | null;
  /** The name of the command, for the metadata of the answer. */
  readonly commandName: string | null;
  readonly owners: Record<string, string>;
  /** Only the user may see answers, whatever the bot asks for. */
  readonly onlyEphemeral: boolean;
  /** Real time of the dispatch, in milliseconds of `performance.now()`. */
  readonly createdAt: number;
  answered: boolean;
  /** Whether the first answer was for the user alone: edits and the first follow-up keep it so. */
  ephemeral: boolean;
  /** The answer itself, which the bot may get, edit and delete as `@original`. */
  original: StoredMessage | null;
  /** Resolved by the first answer that shows something. */
  readonly outcome: PromiseWithResolvers<InteractionOutcome>;
  /** Resolved by the first answer of any kind. */
  readonly acknowledged: PromiseWithResolvers<void>;
}

/** How long an interaction may wait, in milliseconds of real time. */
export interface InteractionTiming {
  /** Until the first answer: three seconds (interactions/receiving-and-responding, "Interaction Callback"). */
  readonly answerMs: number;
  /** While the token is good for edits and follow-ups: fifteen minutes. */
  readonly tokenMs: number;
  /** How long a control call waits for what was deferred. */
  readonly deferredMs: number;
}

export const DISCORD_TIMING: InteractionTiming = { answerMs: 3000, tokenMs: 900_000, deferredMs: 15_000 };

type InteractionOptions = Omit<
  Interaction,
  'token' | 'createdAt' | 'answered' | 'ephemeral' | 'original' | 'outcome' | 'acknowledged'
>;

export interface InteractionRegistry {
  create(interaction: InteractionOptions): Interaction;
  /** The interaction a bot answers, or the refusal Discord has for it. */
  requireUnanswered(id: string, token: string): Interaction;
  /** The interaction whose messages a bot handles by its token, or the refusal Discord has for it. */
  requireByToken(applicationId: string, token: string): Interaction;
}

/** The interactions of one sandbox. `appId` is the application that they belong to. */
export function createInteractionRegistry(appId: string, timing: InteractionTiming): InteractionRegistry {
  const byToken = new Map<string, Interaction>();
  const age = (interaction: Interaction) => performance.now() - interaction.createdAt;
  return {
    create(given) {
      const interaction: Interaction = {
        ...given,
        token: randomBytes(48).toString('base64url'),
        createdAt: performance.now(),
        answered: false,
        ephemeral: given.onlyEphemeral,
        original: null,
        outcome: Promise.withResolvers(),
        acknowledged: Promise.withResolvers(),
      };
      byToken.set(interaction.token, interaction);
      return interaction;
    },
    requireUnanswered(id, token) {
      const interaction = byToken.get(token);
      if (interaction?.id !== id) throw createDiscordError('unknownInteraction');
      if (interaction.answered) throw createDiscordError('alreadyAcknowledged');
      if (age(interaction) > timing.answerMs) throw createDiscordError('unknownInteraction');
      return interaction;
    },
    requireByToken(applicationId, token) {
      const interaction = byToken.get(token);
      if (!interaction || applicationId !== appId) throw createDiscordError('unknownWebhook');
      if (!interaction.answered) throw createDiscordError('unknownWebhook');
      if (age(interaction) > timing.tokenMs) throw createDiscordError('invalidWebhookToken');
      return interaction;
    },
  };
}
