import { setTimeout as delay } from 'node:timers/promises';
import { type InteractionType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import { botPermissions } from '../world/access.ts';
import { findMemberById } from '../world/guilds.ts';
import type { Interaction, InteractionOutcome, InvokedCommand } from '../world/interactions.ts';
import { channelPermissions, hasPermissions } from '../world/permissions.ts';
import type { StoredMessage } from '../world/types.ts';
import { channelView } from '../world/views.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './caller.ts';
import { deliverInteraction } from './deliver-interaction.ts';
import { ControlError } from './errors.ts';

/** What is invoked: a command, a component, a modal, or the suggestions for an option. */
export interface Invocation {
  readonly type: InteractionType;
  readonly data: object;
  /** The command; null for components and modals. */
  readonly command: InvokedCommand | null;
  /** The message of the component; null for commands. */
  readonly source: StoredMessage | null;
  /** The interaction that opened the modal. */
  readonly trigger?: Interaction;
}

/** How the bot responded. */
export interface InvocationResult {
  readonly interaction: Interaction;
  readonly outcome: InteractionOutcome;
  /** Real time from the dispatch to the response in milliseconds. */
  readonly ms: number;
}

/**
 * Sends an interaction to the bot, and returns what the user sees. Rejects when the bot does not respond in time, or, after
 * a deferred response, does not complete it in time.
 */
export async function invoke(
  services: Services,
  caller: Caller,
  invocation: Invocation,
): Promise<InvocationResult> {
  const { world, gateway, timing } = services;
  if (caller.userInstall) saveUserInstall(world, caller.user.id);
  const interaction = createInteraction(services, caller, invocation);
  const payload = createPayload(world, { caller, invocation, interaction });

  const started = performance.now();
  const endpoint = world.application.interactionsEndpointUrl;
  if (endpoint !== null) void deliverInteraction(services, { url: endpoint, interaction, payload });
  // Without a session nobody can respond: do not wait.
  else if (gateway.dispatchInteraction(payload, caller.guild) === 0) throw createNoResponseError();

  await withTimeout(timing.answerMs, interaction.acknowledged.promise);
  const outcome = await withTimeout(timing.deferredMs, interaction.outcome.promise);
  return { interaction, outcome, ms: Math.round((performance.now() - started) * 10) / 10 };
}

/** Returns the permissions of the caller in the channel: none outside of guilds. */
function permissionsOf({ guild, user, channel }: Caller): bigint {
  const member = guild && findMemberById(guild, user.id);
  return guild && member ? channelPermissions(guild, member, channel) : 0n;
}

function createInteraction(
  { world, interactions }: Services,
  caller: Caller,
  { type, source, command, trigger }: Invocation,
): Interaction {
  const { user, guild, channel, userInstall } = caller;
  const canUseExternalApps = hasPermissions(permissionsOf(caller), PermissionFlagsBits.UseExternalApps);
  return interactions.create({
    id: world.nextId(),
    type,
    user,
    guild,
    channel,
    permissions: botPermissions(world, guild, channel),
    source,
    command,
    trigger: trigger ?? null,
    // In direct messages, an app of a server reports "0" (receiving-and-responding, "Authorizing Integration Owners").
    owners: userInstall ? { 1: user.id } : { 0: guild?.id ?? '0' },
    onlyEphemeral: guild !== null && userInstall && !canUseExternalApps,
  });
}

interface PayloadInput {
  readonly caller: Caller;
  readonly invocation: Invocation;
  readonly interaction: Interaction;
}

/** Returns Discord's interaction object. */
function createPayload(world: World, { caller, invocation, interaction }: PayloadInput): object {
  const { user, guild, channel, locale, context } = caller;
  const { type, data, source } = invocation;
  const member = guild && findMemberById(guild, user.id);
  const permissions = String(permissionsOf(caller));
  return {
    id: interaction.id,
    application_id: world.bot.id,
    type,
    data,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelView(channel), ...(guild ? { permissions } : {}) },
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.preferred_locale, features: [] },
          guild_locale: guild.preferred_locale,
          member: { ...member, permissions },
        }
      : { user }),
    ...(source ? { message: source.message } : {}),
    app_permissions: String(interaction.permissions),
    locale,
    entitlements: [],
    authorizing_integration_owners: interaction.owners,
    context,
    attachment_size_limit: 10 * 1024 * 1024,
  };
}

/** A user who invokes the app as a user install has installed it. */
function saveUserInstall({ settings, saveMeta }: World, userId: string): void {
  if (settings.installedBy.includes(userId)) return;
  settings.installedBy.push(userId);
  saveMeta();
}

const createNoResponseError = () => new ControlError('The application did not respond', 504);

/** Resolves with the promise, or rejects after `ms` milliseconds of real time. */
async function withTimeout<T>(ms: number, promise: Promise<T>): Promise<T> {
  const cancel = new AbortController();
  const timeout = delay(ms, undefined, { signal: cancel.signal }).then(
    () => Promise.reject(createNoResponseError()),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel.abort();
  }
}

/** Returns the response of a control call: what the user sees. */
export function createReply({ outcome, ms }: InvocationResult): object {
  switch (outcome.kind) {
    case 'message': {
      const { id, channel_id, content, embeds, components, attachments, flags } = outcome.stored.message;
      const ephemeral = ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
      return { reply: { id, channel_id, content, embeds, components, attachments, flags }, ephemeral, ms };
    }
    case 'modal':
      return { modal: outcome.modal, ms };
    case 'choices':
      return {
        choices: (outcome.choices as { name: string; value: unknown }[]).map(({ name, value }) => ({
          name,
          value,
        })),
      };
  }
}
