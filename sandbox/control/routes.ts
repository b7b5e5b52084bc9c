import { Hono } from 'hono';
import { z } from 'zod';
import type { HonoEnv } from '../http/middleware.ts';
import { faultRulesSchema } from '../rules/faults.ts';
import type { Services } from '../services.ts';
import { advanceClock } from './advance-clock.ts';
import { changeWorld } from './change-world.ts';
import { ControlError } from './errors.ts';
import { streamEvents } from './event-stream.ts';
import { createInvocationRoutes } from './invocation-routes.ts';
import { parseBody } from './parse-body.ts';
import { createStateView, listHistory, listMessages } from './queries.ts';
import { worldChangeSchema } from './world-change.ts';

/** Creates the control calls: what scripts, tests and the page do to the sandbox from outside of Discord. */
export function createControlRoutes(services: Services): Hono<HonoEnv> {
  return new Hono<HonoEnv>()
    .route('/', createInvocationRoutes(services))
    .route('/', createQueryRoutes(services))
    .route('/', createChangeRoutes(services))
    .all('*', () => {
      throw new ControlError('There is no such control call. GET / lists them.', 404);
    });
}

/** The calls that read. */
function createQueryRoutes({ world, clock, faults, counters }: Services): Hono<HonoEnv> {
  return new Hono<HonoEnv>()
    .get('/messages', (context) => {
      const { channel, guild, user } = context.req.query();
      if (channel === undefined) throw new ControlError('Say which channel: /sandbox/messages?channel=NAME');
      return Response.json(listMessages(world, { channel, guild, user }));
    })
    .get('/history', (context) => {
      const { channel = '', user = '' } = context.req.query();
      return Response.json(listHistory(world, channel, user));
    })
    .get('/events', (context) => streamEvents(context, { world, clock }))
    .get('/state', () => Response.json(createStateView(world, clock)))
    .get('/faults', () => Response.json(faults.listRules()))
    .get('/counters', () => Response.json(counters));
}

const clockSchema = z.object({ to: z.string() });
const secondSandboxSchema = z.object({ at: z.string() });

/** The calls that change the clock, the world and the faults. */
function createChangeRoutes(services: Services): Hono<HonoEnv> {
  const { world, clock, faults, gateway } = services;
  return new Hono<HonoEnv>()
    .post('/clock', async (context) => {
      const { to } = await parseBody(context.req.raw, clockSchema);
      return context.json({ now: await advanceClock(services, to) });
    })
    .post('/another', async (context) => {
      const { at } = await parseBody(context.req.raw, secondSandboxSchema);
      return context.json({ url: await services.startSecondSandbox(at) });
    })
    .post('/world', async (context) => {
      await changeWorld(services, await parseBody(context.req.raw, worldChangeSchema));
      return Response.json(createStateView(world, clock));
    })
    .post('/faults', async (context) => {
      const rules = await parseBody(context.req.raw, faultRulesSchema);
      faults.setRules(rules, ({ gateway: fault }) => {
        if (fault === 'drop') return gateway.disconnect('drop');
        if ('close' in fault) return gateway.disconnect(fault.close);
        if ('reconnect' in fault) return gateway.requestReconnect();
        if ('zombie' in fault) return gateway.fallSilent(fault.zombie === 'halfOpen');
        return gateway.invalidate(fault.invalidSession === 'resumable');
      });
      return Response.json(faults.listRules());
    });
}
