import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';

/** For commands that work in servers, in the bot's direct messages, and anywhere for people who installed the bot. */
export const ANY_CONTEXT = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
} as const;

/** For commands that manage something of a server. */
export const GUILD_ONLY = {
  contexts: [InteractionContextType.Guild],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
} as const;
