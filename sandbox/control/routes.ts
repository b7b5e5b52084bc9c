import { Hono } from 'hono';
import { z } from 'zod';
import type { HonoEnv } from '../http/middleware.ts';
import type { Component } from '../rules/components.ts';
import { faultRulesSchema } from '../rules/faults.ts';
import type { Services } from '../services.ts';
import { advanceClock } from './advance-clock.ts';
import { changeWorld, worldChangeSchema } from './change-world.ts';
import { clickComponent } from './click-component.ts';
import { ControlError } from './errors.ts';
import { streamEvents } from './event-stream.ts';
import { createReply, type InvocationContext, type InvocationResult, resolveContext } from './invoke.ts';
import { createStateView, listHistory, listMessages } from './queries.ts';
import { requestSuggestions, runCommand } from './run-command.ts';
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
export function createControlRoutes(services: Services): Hono<HonoEnv> {
  const { world, clock, faults, gateway, counters } = services;
  const state = () => createStateView(world, clock.next());
  const open = new Map<string, OpenModal>();

  function show(answered: InvocationResult, where: InvocationContext): Response {
    const { interaction, outcome } = answered;
    if (outcome.kind !== 'modal') return Response.json(createReply(answered));
    const modal = outcome.modal as { custom_id: string; components: Component[] };
    open.set(interaction.id, { interaction, scene: where, modal });
    return Response.json({ ...createReply(answered), interaction: interaction.id });
  }

  return new Hono<HonoEnv>()
    .post('/command', async (context) => {
      const { text, ...said } = await parseBody(context.req.raw, line);
      const where = resolveContext(world, said);
      return show(await runCommand(services, where, text), where);
    })
    .post('/autocomplete', async (context) => {
      const { text, ...said } = await parseBody(context.req.raw, line);
      return Response.json(
        createReply(await requestSuggestions(services, resolveContext(world, said), text)),
      );
    })
    .post('/click', async (context) => {
      const { message, customId, values, ...said } = await parseBody(context.req.raw, clicked);
      const answered = await clickComponent(services, said, message, customId, values);
      return show(answered, contextOfResult(answered, said.locale));
    })
    .post('/modal', async (context) => {
      const { interaction, customId, fields } = await parseBody(context.req.raw, submitted);
      const modal = [...open].findLast(([id, one]) =>
        interaction === undefined ? one.modal.custom_id === customId : id === interaction,
      );
      if (!modal) throw new ControlError(`No modal ${interaction ?? customId ?? ''} is open`, 404);
      const answered = await submitModal(services, modal[1], fields);
      open.delete(modal[0]);
      return show(answered, modal[1].scene);
    })
    .get('/messages', (context) => {
      const { channel, guild, user } = context.req.query();
      if (channel === undefined) throw new ControlError('Say which channel: /sandbox/messages?channel=NAME');
      return Response.json(listMessages(world, channel, guild, user));
    })
    .post('/clock', async (context) => {
      const { to } = await parseBody(context.req.raw, turn);
      const now = await advanceClock(services, to);
      return context.json({ now });
    })
    .get('/history', (context) => {
      const { channel = '', user = '' } = context.req.query();
      return Response.json(listHistory(world, channel, user));
    })
    .get('/events', () => streamEvents(world))
    .post('/another', async (context) => {
      const { at } = await parseBody(context.req.raw, beginning);
      return context.json({ url: await services.startSecondSandbox(at) });
    })
    .get('/state', () => Response.json(state()))
    .post('/world', async (context) => {
      await changeWorld(services, await parseBody(context.req.raw, worldChangeSchema));
      return Response.json(state());
    })
    .get('/faults', () => Response.json(faults.listRules()))
    .post('/faults', async (context) => {
      faults.setRules(await parseBody(context.req.raw, faultRulesSchema), ({ gateway: what }) => {
        if (what === 'drop') return gateway.disconnect('drop');
        return 'close' in what
          ? gateway.disconnect(what.close)
          : gateway.invalidate(what.invalidSession === 'resumable');
      });
      return Response.json(faults.listRules());
    })
    .get('/counters', () => Response.json(counters))
    .all('*', () => {
      throw new ControlError('There is no such control call. GET / lists them.', 404);
    });
}

const contextOfResult = ({ interaction }: InvocationResult, locale = 'en-US'): InvocationContext => ({
  user: interaction.user,
  guild: interaction.guild,
  channel: interaction.channel,
  context: interaction.guild ? 0 : interaction.channel.private ? 2 : 1,
  locale,
  userInstall: '1' in interaction.owners,
});

async function parseBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
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
