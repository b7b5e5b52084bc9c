import { Hono } from 'hono';
import { z } from 'zod';
import type { Env } from '../http/middleware.ts';
import type { Component } from '../rules/components.ts';
import { faultRules } from '../rules/faults.ts';
import type { Parts } from '../services.ts';
import { turnClock } from './advance-clock.ts';
import { changeWorld, worldChange } from './change-world.ts';
import { click } from './click-component.ts';
import { ControlError } from './errors.ts';
import { liveEvents } from './event-stream.ts';
import { type Answered, type Scene, setScene, shown } from './invoke.ts';
import { historyOf, listMessages, stateOf } from './queries.ts';
import { runCommand, suggest } from './run-command.ts';
import { type OpenModal, submitModal } from './submit-modal.ts';

const scene = {
  channel: z.string().optional(),
  context: z.enum(['guild', 'dm', 'private']).optional(),
  user: z.string().optional(),
  guild: z.string().optional(),
  locale: z.string().optional(),
  install: z.enum(['guild', 'user']).optional(),
};
const line = z.object({ text: z.string().min(1), ...scene });
const clicked = z.object({
  message: z.string(),
  customId: z.string(),
  values: z.array(z.string()).default([]),
  user: z.string().optional(),
  locale: z.string().optional(),
  install: z.enum(['guild', 'user']).optional(),
});
const submitted = z.object({
  interaction: z.string().optional(),
  customId: z.string().optional(),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
});
const turn = z.object({ to: z.string() });
const beginning = z.object({ at: z.string() });

/** The control calls: what scripts and tests do to this world from outside of Discord. */
export function controlRoutes(parts: Parts): Hono<Env> {
  const { world, clock, faults, gateway, counters } = parts;
  const state = () => stateOf(world, clock.next());
  const open = new Map<string, OpenModal>();

  function show(answered: Answered, where: Scene): Response {
    const { interaction, outcome } = answered;
    if (outcome.kind !== 'modal') return Response.json(shown(answered));
    const modal = outcome.modal as { custom_id: string; components: Component[] };
    open.set(interaction.id, { interaction, scene: where, modal });
    return Response.json({ ...shown(answered), interaction: interaction.id });
  }

  return new Hono<Env>()
    .post('/command', async (context) => {
      const { text, ...said } = await body(context.req.raw, line);
      const where = setScene(world, said);
      return show(await runCommand(parts, where, text), where);
    })
    .post('/autocomplete', async (context) => {
      const { text, ...said } = await body(context.req.raw, line);
      return Response.json(shown(await suggest(parts, setScene(world, said), text)));
    })
    .post('/click', async (context) => {
      const { message, customId, values, ...said } = await body(context.req.raw, clicked);
      const answered = await click(parts, said, message, customId, values);
      return show(answered, sceneAgain(answered, said.locale));
    })
    .post('/modal', async (context) => {
      const { interaction, customId, fields } = await body(context.req.raw, submitted);
      const modal = [...open].findLast(([id, one]) =>
        interaction === undefined ? one.modal.custom_id === customId : id === interaction,
      );
      if (!modal) throw new ControlError(`No modal ${interaction ?? customId ?? ''} is open`, 404);
      const answered = await submitModal(parts, modal[1], fields);
      open.delete(modal[0]);
      return show(answered, modal[1].scene);
    })
    .get('/messages', (context) => {
      const { channel, guild, user } = context.req.query();
      if (channel === undefined) throw new ControlError('Say which channel: /sandbox/messages?channel=NAME');
      return Response.json(listMessages(world, channel, guild, user));
    })
    .post('/clock', async (context) => {
      const { to } = await body(context.req.raw, turn);
      const now = await turnClock(parts, to);
      return context.json({ now });
    })
    .get('/history', (context) => {
      const { channel = '', user = '' } = context.req.query();
      return Response.json(historyOf(world, channel, user));
    })
    .get('/events', () => liveEvents(world))
    .post('/another', async (context) => {
      const { at } = await body(context.req.raw, beginning);
      return context.json({ url: await parts.another(at) });
    })
    .get('/state', () => Response.json(state()))
    .post('/world', async (context) => {
      await changeWorld(parts, await body(context.req.raw, worldChange));
      return Response.json(state());
    })
    .get('/faults', () => Response.json(faults.list()))
    .post('/faults', async (context) => {
      faults.set(await body(context.req.raw, faultRules), ({ gateway: what }) => {
        if (what === 'drop') return gateway.disconnect('drop');
        return 'close' in what
          ? gateway.disconnect(what.close)
          : gateway.invalidate(what.invalidSession === 'resumable');
      });
      return Response.json(faults.list());
    })
    .get('/counters', () => Response.json(counters))
    .all('*', () => {
      throw new ControlError('There is no such control call. GET / lists them.', 404);
    });
}

const sceneAgain = ({ interaction }: Answered, locale = 'en-US'): Scene => ({
  user: interaction.user,
  guild: interaction.guild,
  channel: interaction.channel,
  context: interaction.guild ? 0 : interaction.channel.private ? 2 : 1,
  locale,
  userInstall: '1' in interaction.owners,
});

async function body<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const text = await request.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ControlError('The body of this call is JSON.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ControlError(z.prettifyError(parsed.error).replaceAll('\n', ' '));
}
