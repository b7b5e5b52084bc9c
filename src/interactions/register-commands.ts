import { createHash } from 'node:crypto';
import type { REST } from '@discordjs/rest';
import { type RESTPutAPIApplicationCommandsJSONBody, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { OpenDocuments } from '../store/documents.ts';

/** What was registered last. */
export const registrationSchema = z.strictObject({
  fingerprint: z.string().describe('A fingerprint of the commands as they were registered last'),
});
const named = z.array(z.object({ name: z.string() }));

/** Registers the commands where they differ from what was registered last, or where Discord no longer has them all. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  body: RESTPutAPIApplicationCommandsJSONBody,
  open: OpenDocuments,
  log: Logger,
): Promise<void> {
  const store = open('registration', registrationSchema);
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const there = named.parse(await rest.get(Routes.applicationCommands(applicationId)));
  const names = (list: readonly { name: string }[]) =>
    list
      .map(({ name }) => name)
      .sort()
      .join();
  const last = await store.get(applicationId);
  if (last?.fingerprint === fingerprint && names(there) === names(body)) return;

  await rest.put(Routes.applicationCommands(applicationId), { body });
  await store.set(applicationId, { fingerprint });
  log.info({ commands: body.length }, 'commands registered');
}
