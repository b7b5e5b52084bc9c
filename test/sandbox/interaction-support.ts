import type { ChatInputCommandInteraction, Interaction } from 'discord.js';
import type { SandboxOptions } from '../../sandbox/sandbox.ts';
import { botIn, identified, request, sandboxFor } from './support.ts';

const PLACE = { contexts: [0, 1, 2], integration_types: [0, 1] };
const COMMANDS = [
  { name: 'hi', description: 'x', ...PLACE },
  {
    name: 'all',
    description: 'x',
    ...PLACE,
    options: [
      { type: 3, name: 'word', description: 'x', autocomplete: true },
      { type: 7, name: 'where', description: 'x' },
      { type: 8, name: 'role', description: 'x' },
      { type: 6, name: 'who', description: 'x' },
    ],
  },
];

/** A sandbox with a discord.js bot that answers `/hi` and clicks as `answer` says. */
export async function answering(answer: (interaction: Interaction) => unknown, options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(options);
  const client = await botIn(sandbox, answer);
  await client.application.commands.set(COMMANDS);
  return { sandbox, client };
}
/** As `answering`, for commands only. */
export const command = (
  answer: (interaction: ChatInputCommandInteraction) => unknown,
  options?: SandboxOptions,
) =>
  answering((interaction) => (interaction.isChatInputCommand() ? answer(interaction) : undefined), options);

/** A bare session, and the next interaction as it came over the wire. */
export async function bare(options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(options);
  const { wire, ready } = await identified(sandbox);
  await request(sandbox, 'PUT', `/applications/${ready.user.id}/commands`, COMMANDS);
  const interaction = async () => (await wire.next((payload) => payload.t === 'INTERACTION_CREATE')).d;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  const callback = (one: any, body: unknown, query = '') =>
    request(sandbox, 'POST', `/interactions/${one.id}/${one.token}/callback${query}`, body, {});
  return { sandbox, appId: ready.user.id as string, interaction, callback };
}
