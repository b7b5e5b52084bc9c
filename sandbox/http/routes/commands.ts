import type { APIApplicationCommand } from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  type CommandForm,
  commandFormSchema,
  commandFormsSchema,
  MAX_COMMANDS,
} from '../../rules/commands.ts';
import { createDiscordError } from '../../rules/errors.ts';
import { queryBoolean } from '../../rules/fields.ts';
import { parseForm } from '../../rules/form.ts';
import type { Services } from '../../services.ts';
import { requireGuild } from '../../world/access.ts';
import {
  listCommands,
  omitLocalizations,
  removeCommand,
  saveCommand,
  upsertCommand,
} from '../../world/commands.ts';
import type { HonoEnv } from '../middleware.ts';
import { readRequest } from '../request-body.ts';

const localizedSchema = z.object({ with_localizations: queryBoolean });

/**
 * `/applications/{id}/commands` and the same below `/guilds/{id}` (documentation: interactions/application-commands,
 * "Endpoints").
 */
export function createCommandRoutes({ world }: Services): Hono<HonoEnv> {
  /** Returns the id of the guild in the path; null for global commands. */
  function requireScope(context: Context): string | null {
    if (context.req.param('app') !== world.bot.id) throw createDiscordError('unknownApplication');
    const guild = context.req.param('guild');
    return guild === undefined ? null : requireGuild(world, guild).id;
  }
  function requireCommand(context: Context): APIApplicationCommand {
    const command = world.commands.get(context.req.param('command') ?? '');
    if (!command || (command.guild_id ?? null) !== requireScope(context))
      throw createDiscordError('unknownCommand');
    return command;
  }

  const routes = new Hono<HonoEnv>()
    .get('/', (context) => {
      const commands = listCommands(world, requireScope(context));
      const { with_localizations } = parseForm(localizedSchema, context.req.query());
      return Response.json(with_localizations ? commands : omitLocalizations(commands));
    })
    .put('/', async (context) => {
      const guildId = requireScope(context);
      const forms = parseForm(commandFormsSchema, (await readRequest(context)).json) as CommandForm[];
      checkCommandCount(forms.map((form) => form.type));
      return world.store.transaction(() => {
        const kept = forms.map((form) => upsertCommand(world, guildId, form));
        for (const command of listCommands(world, guildId)) {
          if (!kept.some(({ id }) => id === command.id)) removeCommand(world, command);
        }
        return Response.json(kept);
      });
    })
    .post('/', async (context) => {
      const guildId = requireScope(context);
      const form = parseForm(commandFormSchema, (await readRequest(context)).json) as CommandForm;
      const existing = listCommands(world, guildId);
      const replaces = existing.some(({ name, type }) => name === form.name && type === form.type);
      if (!replaces) checkCommandCount([...existing.map(({ type }) => type), form.type]);
      return Response.json(upsertCommand(world, guildId, form), { status: replaces ? 200 : 201 });
    })
    .get('/:command', (context) => Response.json(requireCommand(context)))
    .patch('/:command', async (context) => {
      const before = requireCommand(context);
      const changes = (await readRequest(context)).json;
      const form = parseForm(commandFormSchema, {
        ...before,
        ...(changes as object),
        type: before.type,
      }) as CommandForm;
      return Response.json(saveCommand(world, form, { guildId: requireScope(context), before }));
    })
    .delete('/:command', (context) => {
      removeCommand(world, requireCommand(context));
      return context.body(null, 204);
    });

  return new Hono<HonoEnv>().route('/:app/commands', routes).route('/:app/guilds/:guild/commands', routes);
}

/** Throws Discord's error for more than 100 slash commands, or 15 user or message commands. */
function checkCommandCount(types: readonly number[]): void {
  const exceeds = (type: number, max: number) => types.filter((other) => other === type).length > max;
  if (exceeds(1, MAX_COMMANDS) || exceeds(2, 15) || exceeds(3, 15))
    throw createDiscordError('tooManyCommands');
}
