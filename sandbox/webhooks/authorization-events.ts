import {
  ApplicationIntegrationType,
  ApplicationWebhookEventType,
  ApplicationWebhookType,
} from 'discord-api-types/v10';
import type { Services } from '../services.ts';
import type { Guild } from '../world/types.ts';
import { guildView } from '../world/views.ts';
import { sendSigned } from './send-signed.ts';

/**
 * Tells the bot that it was added to a server, if it receives webhook events (documentation: events/webhook-events,
 * "Application Authorized"). Discord has no such event for a removal. Unlike Discord, the sandbox does not retry.
 */
export async function sendAuthorizedEvent({ world, timing }: Services, guild: Guild): Promise<void> {
  const url = world.application.eventWebhooksUrl;
  if (url === null) return;
  const event = {
    type: ApplicationWebhookEventType.ApplicationAuthorized,
    timestamp: String(world.clock.now()),
    data: {
      integration_type: ApplicationIntegrationType.GuildInstall,
      user: world.users.get(guild.owner_id),
      scopes: ['applications.commands', 'bot'],
      guild: guildView(guild),
    },
  };
  const json = { version: 1, application_id: world.bot.id, type: ApplicationWebhookType.Event, event };
  await sendSigned(world, { url, json, timeoutMs: timing.answerMs }).catch(() => {});
}
