import { ApplicationFlags } from 'discord-api-types/v10';

/** The intents that must be switched on in the developer portal (documentation: events/gateway, "Privileged Intents"). */
export const PRIVILEGED_INTENTS = ['GuildPresences', 'GuildMembers', 'MessageContent'] as const;
/** One of them. */
export type PrivilegedIntent = (typeof PRIVILEGED_INTENTS)[number];

/** The flags that an application in fewer than 100 servers has for an intent that is switched on. */
const FLAGS: Readonly<Record<PrivilegedIntent, ApplicationFlags>> = {
  GuildPresences: ApplicationFlags.GatewayPresenceLimited,
  GuildMembers: ApplicationFlags.GatewayGuildMembersLimited,
  MessageContent: ApplicationFlags.GatewayMessageContentLimited,
};

/** Returns the flags of an application with these privileged intents (documentation: resources/application, "Application Flags"). */
export const applicationFlags = (intents: readonly PrivilegedIntent[]): number =>
  intents.reduce((flags, name) => flags | FLAGS[name], 0);
