import type { ChatInputCommandInteraction, Interaction } from 'discord.js';
import type { SandboxOptions } from '../../sandbox/sandbox.ts';
import { botIn, identified, request, sandboxFor } from './support.ts';

const EVERYWHERE = { contexts: [0, 1, 2], integration_types: [0, 1] };
const COMMANDS = [
  { name: 'hi', description: 'x', ...EVERYWHERE },
  {
    name: 'all',
    description: 'x',
    ...EVERYWHERE,
    options: [
      { type: 3, name: 'word', description: 'x', autocomplete: true },
      { type: 7, name: 'where', description: 'x' },
      { type: 8, name: 'role', description: 'x' },
      { type: 6, name: 'who', description: 'x' },
    ],
  },
];

/** Starts a sandbox with a discord.js bot that answers interactions by `answer`. */
export async function startAnswering(
  answer: (interaction: Interaction) => unknown,
  options: SandboxOptions = {},
) {
  const sandbox = await sandboxFor(options);
  const client = await botIn(sandbox, answer);
  await client.application.commands.set(COMMANDS);
  return { sandbox, client };
}

/** As `startAnswering`, for commands only. */
export const startAnsweringCommands = (
  answer: (interaction: ChatInputCommandInteraction) => unknown,
  options?: SandboxOptions,
) =>
  startAnswering(
    (interaction) => (interaction.isChatInputCommand() ? answer(interaction) : undefined),
    options,
  );

/** Starts a sandbox with a bare session: `interaction` is the next one, `callback` responds to it. */
export async function startBareSession(options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(options);
  const { wire, ready } = await identified(sandbox);
  await request(sandbox, 'PUT', `/applications/${ready.user.id}/commands`, COMMANDS);
  const interaction = async () => (await wire.next((payload) => payload.t === 'INTERACTION_CREATE')).d;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  const callback = ({ id, token }: any, body: unknown, query = '') =>
    request(sandbox, 'POST', `/interactions/${id}/${token}/callback${query}`, body, {});
  return { sandbox, appId: ready.user.id as string, interaction, callback };
}
