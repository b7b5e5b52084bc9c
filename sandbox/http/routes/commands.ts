import type { APIApplicationCommand } from 'discord-api-types/v10';
import { type Context, Hono } from 'hono';
import {
  type CommandForm,
  commandFormSchema,
  commandFormsSchema,
  MAX_COMMANDS,
} from '../../rules/commands.ts';
import { createDiscordError } from '../../rules/errors.ts';
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
import { readBody } from '../request-body.ts';

/**
 * `/applications/{id}/commands` and the same below `/guilds/{id}` (documentation: interactions/application-commands,
 * "Endpoints").
 */
export function createCommandRoutes({ world }: Services): Hono<HonoEnv> {
  /** The guild whose commands a request is about; null for the global ones. */
  function scope(context: Context): string | null {
    if (context.req.param('app') !== world.bot.id) throw createDiscordError('unknownApplication');
    const guild = context.req.param('guild');
    return guild === undefined ? null : requireGuild(world, guild).id;
  }
  function find(context: Context): APIApplicationCommand {
    const command = world.commands.get(context.req.param('command') ?? '');
    if (!command || (command.guild_id ?? null) !== scope(context)) throw createDiscordError('unknownCommand');
    return command;
  }
  /** Refuses more commands of one type than Discord keeps: 100 slash commands, 15 of each menu. */
  function countTypes(types: readonly number[]): void {
    const over = (type: number, max: number) => types.filter((one) => one === type).length > max;
    if (over(1, MAX_COMMANDS) || over(2, 15) || over(3, 15)) throw createDiscordError('tooManyCommands');
  }

  const routes = new Hono<HonoEnv>()
    .get('/', (context) => {
      const commands = listCommands(world, scope(context));
      const all = context.req.query('with_localizations') === 'true';
      return Response.json(all ? commands : omitLocalizations(commands));
    })
    .put('/', async (context) => {
      const guild = scope(context);
      const forms = parseForm(commandFormsSchema, (await readBody(context.req.raw)).json) as CommandForm[];
      countTypes(forms.map((form) => form.type));
      return world.store.transaction(() => {
        const kept = forms.map((form) => upsertCommand(world, guild, form));
        for (const old of listCommands(world, guild))
          if (!kept.some(({ id }) => id === old.id)) removeCommand(world, old);
        return Response.json(kept);
      });
    })
    .post('/', async (context) => {
      const guild = scope(context);
      const form = parseForm(commandFormSchema, (await readBody(context.req.raw)).json) as CommandForm;
      const known = listCommands(world, guild);
      const replaces = known.some((one) => one.name === form.name && one.type === form.type);
      if (!replaces) countTypes([...known.map((one) => one.type), form.type]);
      return Response.json(upsertCommand(world, guild, form), { status: replaces ? 200 : 201 });
    })
    .get('/:command', (context) => Response.json(find(context)))
    .patch('/:command', async (context) => {
      const before = find(context);
      const changes = (await readBody(context.req.raw)).json;
      const form = parseForm(commandFormSchema, {
        ...before,
        ...(changes as object),
        type: before.type,
      }) as CommandForm;
      return Response.json(saveCommand(world, scope(context), form, before));
    })
    .delete('/:command', (context) => {
      removeCommand(world, find(context));
      return context.body(null, 204);
    });

  return new Hono<HonoEnv>().route('/:app/commands', routes).route('/:app/guilds/:guild/commands', routes);
}
