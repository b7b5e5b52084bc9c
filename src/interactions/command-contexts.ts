import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';

/** For commands that answer wherever they are asked: in servers, in the bot's DMs, and anywhere by those who installed it. */
export const ANY_CONTEXT = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
} as const;

/** For commands that concern a server as such. */
export const GUILD_ONLY = {
  contexts: [InteractionContextType.Guild],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
} as const;
