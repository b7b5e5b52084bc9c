import { randomBytes } from 'node:crypto';
import type { APIUser, ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { createDiscordError } from '../rules/errors.ts';
import type { Channel, Guild, StoredMessage } from './types.ts';

/** What the user sees as the answer to an interaction. */
export type InteractionOutcome =
  | { readonly kind: 'message'; readonly stored: StoredMessage }
  | { readonly kind: 'choices'; readonly choices: unknown[] }
  | { readonly kind: 'modal'; readonly modal: object };

/** A command that was run, as the metadata of its replies names it. */
export interface InvokedCommand {
  /** With its subcommand group and subcommand. */
  readonly name: string;
  readonly type: ApplicationCommandType;
  /** What a command of the context menu was run on. */
  readonly target?: { readonly user: APIUser } | { readonly messageId: string };
}

/** An interaction, from its dispatch until its token expires. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: APIUser;
  readonly guild: Guild | null;
  readonly channel: Channel;
  /** The permissions of the bot in the channel. */
  readonly permissions: bigint;
  /** The message of the component that was used; null for commands. */
  readonly source: StoredMessage | null;
  /** The command; null for components and modals. */
  readonly command: InvokedCommand | null;
  /** The interaction that opened the modal; null for commands and components. */
  readonly trigger: Interaction | null;
  /** Discord's `authorizing_integration_owners`. */
  readonly owners: Record<string, string>;
  /** Whether all replies are ephemeral, whatever the bot asks for. */
  readonly onlyEphemeral: boolean;
  /** Real time of the dispatch in milliseconds of `performance.now()`. */
  readonly createdAt: number;
  answered: boolean;
  /** Whether the first reply is ephemeral. Edits do not change it. */
  ephemeral: boolean;
  /** The first reply, which the bot can get, edit and delete as `@original`. */
  original: StoredMessage | null;
  /** Resolves with the first response that the user sees. */
  readonly outcome: PromiseWithResolvers<InteractionOutcome>;
  /** Resolves with the first response of any type. */
  readonly acknowledged: PromiseWithResolvers<void>;
}

/** The time limits of an interaction in milliseconds of real time. */
export interface InteractionTiming {
  /** Until the first response: three seconds (interactions/receiving-and-responding, "Interaction Callback"). */
  readonly answerMs: number;
  /** How long the token is valid for edits and follow-ups: fifteen minutes. */
  readonly tokenMs: number;
  /** How long a control call waits for a deferred reply. */
  readonly deferredMs: number;
}

/** Discord's time limits. */
export const DISCORD_TIMING: InteractionTiming = { answerMs: 3000, tokenMs: 900_000, deferredMs: 15_000 };

/** Returns a token in the form of Discord's: "interaction:", the id and a secret, in base64. */
const createToken = (id: string) =>
  Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString('base64url');

type InteractionOptions = Omit<
  Interaction,
  'token' | 'createdAt' | 'answered' | 'ephemeral' | 'original' | 'outcome' | 'acknowledged'
>;

/** The interactions that a bot can respond to. */
export interface InteractionRegistry {
  create(interaction: InteractionOptions): Interaction;
  /** Returns the interaction for a first response, or throws Discord's error. */
  requireUnanswered(id: string, token: string): Interaction;
  /** Returns the interaction for edits and follow-ups, or throws Discord's error. */
  requireByToken(applicationId: string, token: string): Interaction;
}

/** Creates the registry of the interactions of one application. */
export function createInteractionRegistry(
  ownApplicationId: string,
  timing: InteractionTiming,
): InteractionRegistry {
  const byToken = new Map<string, Interaction>();
  const age = (interaction: Interaction) => performance.now() - interaction.createdAt;
  return {
    create(options) {
      const interaction: Interaction = {
        ...options,
        token: createToken(options.id),
        createdAt: performance.now(),
        answered: false,
        ephemeral: options.onlyEphemeral,
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
      if (!interaction || applicationId !== ownApplicationId) throw createDiscordError('unknownWebhook');
      if (!interaction.answered) throw createDiscordError('unknownWebhook');
      if (age(interaction) > timing.tokenMs) throw createDiscordError('invalidWebhookToken');
      return interaction;
    },
  };
}
