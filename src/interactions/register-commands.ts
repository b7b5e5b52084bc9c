import { createHash } from 'node:crypto';
import type { REST } from '@discordjs/rest';
import {
  ApplicationCommandType,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { z } from 'zod';
import { inviteLink } from '../discord/invite-link.ts';
import type { OpenDocuments } from '../store/documents.ts';
import type { CommandIds } from './link-commands.ts';

/** What is stored of the last registration. */
export const registrationSchema = z.strictObject({
  fingerprint: z.string().describe('A fingerprint of the commands as they were registered last'),
  versions: z.string().optional().describe('The versions that Discord gave them'),
});

const registeredSchema = z.array(
  z.looseObject({
    type: z.int().default(ApplicationCommandType.ChatInput),
    id: z.string().optional(),
    name: z.string(),
    version: z.string(),
  }),
);
type Registered = z.output<typeof registeredSchema>;

/**
 * Registers the commands, unless Discord has them as they were registered last. Discord changes a command's version with each
 * change, so a change by another program, such as an older release of the bot, is seen and repaired. Commands of a type that the
 * bot does not use, such as an Entry Point, stay as they are. The first time, the invite link is logged. Returns the ids of the
 * bot's own commands.
 */
export async function registerCommands(
  rest: Pick<REST, 'get' | 'put'>,
  applicationId: string,
  body: RESTPutAPIApplicationCommandsJSONBody,
  open: OpenDocuments,
  log: Logger,
): Promise<CommandIds> {
  const store = open('registration', registrationSchema);
  const route = Routes.applicationCommands(applicationId);
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const types = new Set(body.map(({ type = ApplicationCommandType.ChatInput }) => type));
  const isOwn = ({ type }: Registered[number]) => types.has(type);
  const before = registeredSchema.parse(await rest.get(route));
  const last = await store.get(applicationId);
  if (last?.fingerprint === fingerprint && last.versions === versionsOf(before.filter(isOwn)))
    return idsOf(before.filter(isOwn));

  const others = before.filter((command) => !isOwn(command)).map(definitionOf);
  const after = registeredSchema.parse(await rest.put(route, { body: [...body, ...others] }));
  await store.set(applicationId, { fingerprint, versions: versionsOf(after.filter(isOwn)) });
  log.info({ commands: body.length }, 'commands registered');
  if (!last)
    log.info({ link: inviteLink(applicationId) }, 'first start: add the bot to a server with this link');
  return idsOf(after.filter(isOwn));
}

const idsOf = (commands: Registered): CommandIds =>
  new Map(commands.flatMap(({ name, id }): [string, string][] => (id ? [[name, id]] : [])));

const versionsOf = (commands: Registered) =>
  commands
    .map(({ name, version }) => `${name}:${version}`)
    .sort()
    .join();

/** Returns a command as it is registered: without what Discord adds. */
function definitionOf({ application_id: _, version: __, ...definition }: Registered[number]) {
  return definition;
}
