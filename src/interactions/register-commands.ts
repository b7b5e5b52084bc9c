import { createHash } from 'node:crypto';
import type { REST } from '@discordjs/rest';
import { type RESTPutAPIApplicationCommandsJSONBody, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { OpenDocuments } from '../store/documents.ts';

/** What is stored of the last registration. */
export const registrationSchema = z.strictObject({
  fingerprint: z.string().describe('A fingerprint of the commands as they were registered last'),
});
const namesSchema = z.array(z.object({ name: z.string() }));

/** Registers the commands, unless they are those of the last registration and Discord still has all of them. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  body: RESTPutAPIApplicationCommandsJSONBody,
  open: OpenDocuments,
  log: Logger,
): Promise<void> {
  const store = open('registration', registrationSchema);
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const registered = namesSchema.parse(await rest.get(Routes.applicationCommands(applicationId)));
  const names = (list: readonly { name: string }[]) =>
    list
      .map(({ name }) => name)
      .sort()
      .join();
  const last = await store.get(applicationId);
  if (last?.fingerprint === fingerprint && names(registered) === names(body)) return;

  await rest.put(Routes.applicationCommands(applicationId), { body });
  await store.set(applicationId, { fingerprint });
  log.info({ commands: body.length }, 'commands registered');
}
