import { ApplicationIntegrationType, OAuth2Scopes, PermissionFlagsBits } from 'discord-api-types/v10';
import { BOT_PERMISSIONS } from './permissions.ts';

/** The page on which an admin chooses a server; the route of the API is redirected there. */
const AUTHORIZE_URL = 'https://discord.com/oauth2/authorize';

/** Returns the link that adds the bot to a server, with the permissions that it uses and no others. Docs: "OAuth2", bots. */
export function inviteLink(applicationId: string): string {
  const permissions = BOT_PERMISSIONS.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(permissions),
    integration_type: String(ApplicationIntegrationType.GuildInstall),
  });
  return `${AUTHORIZE_URL}?${query}`;
}
