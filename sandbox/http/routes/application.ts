import { ApplicationWebhookEventStatus, ApplicationWebhookEventType } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import { url } from '../../rules/fields.ts';
import { createFieldError, parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { setEventWebhooks, setInteractionsEndpoint } from '../../webhooks/endpoint-url.ts';
import { applicationFlags } from '../../world/application-flags.ts';
import { formatPublicKey } from '../../world/signing-key.ts';
import type { World } from '../../world/world.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

/** A URL, or null to remove it. Discord requires https; the sandbox calls only this machine. */
const endpointUrl = url(['http', 'https']).nullable().optional();
const changes = z.object({ interactions_endpoint_url: endpointUrl, event_webhooks_url: endpointUrl });

/** The fields of the application that the sandbox reads. */
export const APPLICATION_FIELDS = Object.keys(changes.shape);

/** `/applications/@me` (documentation: resources/application). */
export function createApplicationRoutes(services: Services): Hono<HonoEnv> {
  const { world } = services;
  return new Hono<HonoEnv>()
    .get('/', () => Response.json(applicationView(world)))
    .patch('/', async (context) => {
      const form = parseForm(changes, (await readRequest(context)).json);
      const { interactions_endpoint_url: endpoint, event_webhooks_url: events } = form;
      if (endpoint !== undefined && (await setInteractionsEndpoint(services, endpoint)) !== undefined) {
        const message = 'The specified interactions endpoint url could not be verified.';
        const code = 'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID';
        throw createFieldError(['interactions_endpoint_url'], code, message);
      }
      if (events !== undefined && (await setEventWebhooks(services, events)) !== undefined) {
        // Discord does not document this code.
        const message = 'The specified event webhooks url could not be verified.';
        throw createFieldError(['event_webhooks_url'], 'APPLICATION_EVENT_WEBHOOKS_URL_INVALID', message);
      }
      return Response.json(applicationView(world));
    });
}

/** Returns the application as the API serves it to its bot. */
export function applicationView({ bot, guilds, application, settings }: World): object {
  const flags = applicationFlags(settings.privilegedIntents);
  const hasEventWebhooks = application.eventWebhooksUrl !== null;
  return {
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: formatPublicKey(application.signingKey),
    owner: [...guilds.values()][0]?.members[0]?.user ?? bot,
    team: null,
    flags,
    // The same as a string, which has room for further flags.
    flags_new: String(flags),
    explicit_content_filter: 0,
    eligible_oauth2_scopes: ['applications.commands', 'bot'],
    redirect_uris: [],
    ...(settings.pages.privacy && { privacy_policy_url: settings.pages.privacy }),
    ...(settings.pages.terms && { terms_of_service_url: settings.pages.terms }),
    interactions_endpoint_url: application.interactionsEndpointUrl,
    event_webhooks_url: application.eventWebhooksUrl,
    event_webhooks_status: hasEventWebhooks
      ? ApplicationWebhookEventStatus.Enabled
      : ApplicationWebhookEventStatus.Disabled,
    event_webhooks_types: hasEventWebhooks
      ? [
          ApplicationWebhookEventType.ApplicationAuthorized,
          ApplicationWebhookEventType.ApplicationDeauthorized,
        ]
      : [],
    role_connections_verification_url: null,
    approximate_guild_count: [...guilds.values()].filter((guild) => guild.joined_at !== null).length,
    approximate_user_install_count: settings.installedBy.length,
    approximate_user_authorization_count: 0,
    integration_types_config: { 0: {}, 1: {} },
  };
}
