import { Hono } from 'hono';
import { ControlError } from './control/errors.ts';
import { createControlRoutes } from './control/routes.ts';
import { createDiscordApi } from './http/discord-api.ts';
import { isLocalRequest } from './http/local-request.ts';
import { API_PATH, createErrorResponse, type HonoEnv } from './http/middleware.ts';
import { createDiscordError, DiscordError } from './rules/errors.ts';
import type { Services } from './services.ts';

/** Everything the sandbox answers over HTTP. `inHand` counts the requests of the bot that are being worked on. */
export function createApp(services: Services, inHand: { requests: number }): Hono<HonoEnv> {
  const app = new Hono<HonoEnv>({ strict: false });
  app.use(async (context, next) => {
    const { host, origin } = context.req.header();
    if (!isLocalRequest(host, origin, services.host())) {
      return context.json({ error: 'The sandbox answers only to its own address on this machine.' }, 403);
    }
    return next();
  });
  app.use(`${API_PATH}/*`, async (_context, next) => {
    inHand.requests++;
    try {
      await next();
    } finally {
      inHand.requests--;
    }
  });
  app.route(API_PATH, createDiscordApi(services));
  app.route('/sandbox', createControlRoutes(services));
  app.get('/attachments/:channel/:id/:name', (context) => {
    const bytes = services.files.read(context.req.param('id'));
    // A file that a bot sent must not run as a page of this address, from where it could make control calls.
    const headers = {
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Content-Disposition': `attachment; filename="${context.req.param('name').replaceAll(/[^\w.-]/g, '_')}"`,
    };
    return bytes ? context.body(bytes, 200, headers) : context.notFound();
  });
  // Most sandboxes are started by tests and scripts, which never look at the page: it is loaded when someone does.
  let page: Promise<Hono> | undefined;
  const servePage = async (request: Request) => {
    page ??= import('./page/page.ts').then(({ pageRoutes }) => pageRoutes());
    return (await page).fetch(request);
  };
  app.get('/page/*', (context) => servePage(context.req.raw));
  app.get('/', async (context) =>
    context.req.header('accept')?.includes('text/html')
      ? servePage(context.req.raw)
      : context.text(FRONT_PAGE, 200, { vary: 'accept' }),
  );
  app.notFound(() => createErrorResponse(createDiscordError('notFound')));
  app.onError((error, context) => {
    if (error instanceof DiscordError) return createErrorResponse(error);
    if (error instanceof ControlError)
      return Response.json({ error: error.message }, { status: error.status });
    if (context.req.path.startsWith(API_PATH)) return createErrorResponse(error);
    console.error('The sandbox itself failed, which is a bug of the sandbox:', error);
    return context.json({ error: String(error) }, 500);
  });
  return app;
}

const FRONT_PAGE = `This is a Discord of one's own, on this machine, for one bot. A browser shows it as a page.

Discord's side:   /api/v10 and a WebSocket gateway
Control calls, JSON over HTTP:
  POST /sandbox/command       {"text": "/name sub option:value", "channel"?, "user"?, "guild"?, "locale"?}
  POST /sandbox/autocomplete  {"text": "/name sub option:val"}
  POST /sandbox/click         {"message": id, "customId", "values"?}
  POST /sandbox/modal         {"customId", "fields": {customId: value}}
  GET  /sandbox/messages?channel=NAME
  GET  /sandbox/history?channel=ID&user=ID
  GET  /sandbox/events        what happens, as server-sent events
  POST /sandbox/clock         {"to": "2025-06-06T16:00:00Z"}, or {"to": "next post"}
  POST /sandbox/another       {"at": "2023-05-01T12:00:00Z"}: a further world beside this one
  GET  /sandbox/state
  POST /sandbox/world         any of guilds + channelsEach, addChannel, addRole, addMember, deleteChannel, deleteRole,
                              removeBot, addBot, deny, allow, outage, endOutage, guildLocale, closeDirect, openDirect,
                              pages, nonceWindowSeconds, token, limits, shards, maxConcurrency, interactionsEndpoint,
                              eventWebhooks
  POST /sandbox/faults        [{"route": "POST /channels/*/messages", "does": {"status": 500, "when": "after"}}]
  GET  /sandbox/counters
`;
