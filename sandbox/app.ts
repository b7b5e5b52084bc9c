import { Hono } from 'hono';
import { ControlError } from './control/errors.ts';
import { readFirstView } from './control/queries.ts';
import { createControlRoutes } from './control/routes.ts';
import { resolveApiVersion } from './http/api-version.ts';
import { createDiscordApi } from './http/discord-api.ts';
import { isLocalRequest } from './http/local-request.ts';
import { API_PATH, createErrorResponse, type HonoEnv } from './http/middleware.ts';
import { createDiscordError, DiscordError } from './rules/errors.ts';
import type { Services } from './services.ts';

/** Creates everything that the sandbox serves over HTTP. The API's `Date` header tells Discord's time. Counts the unanswered requests of the API in `inFlight`. */
export function createApp(services: Services, inFlight: { requests: number }): Hono<HonoEnv> {
  const app = new Hono<HonoEnv>({ getPath: resolveApiVersion });
  app.use(async (context, next) => {
    const { host, origin } = context.req.header();
    if (!isLocalRequest(host, origin, services.host())) {
      return context.json({ error: 'The sandbox answers only to its own address on this machine.' }, 403);
    }
    return next();
  });
  app.use(`${API_PATH}/*`, async (context, next) => {
    inFlight.requests++;
    try {
      await next();
      const { epochMilliseconds } = services.world.clock.now();
      context.res.headers.set('Date', new Date(epochMilliseconds).toUTCString());
    } finally {
      inFlight.requests--;
    }
  });
  app.route(API_PATH, createDiscordApi(services));
  app.all('/api/*', () => createErrorResponse(createDiscordError('invalidVersion')));
  app.route('/sandbox', createControlRoutes(services));
  app.route('/', createFileRoutes(services));
  app.route('/', createPage(services));
  app.notFound(() => createErrorResponse(createDiscordError('notFound')));
  app.onError((error, context) => {
    if (error instanceof DiscordError) {
      for (const what of error.lacking) services.notices.lacks(what);
      return createErrorResponse(error);
    }
    if (error instanceof ControlError)
      return Response.json({ error: error.message }, { status: error.status });
    if (context.req.path.startsWith(API_PATH)) return createErrorResponse(error);
    console.error('Bug in the sandbox:', error);
    return context.json({ error: String(error) }, 500);
  });
  return app;
}

/** Serves attachments. The headers keep a bot's file from running as a page, which could make control calls. */
function createFileRoutes({ files }: Services): Hono<HonoEnv> {
  return new Hono<HonoEnv>().get('/attachments/:channel/:id/:name', (context) => {
    const bytes = files.read(context.req.param('id'));
    const headers = {
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Content-Disposition': `attachment; filename="${context.req.param('name').replaceAll(/[^\w.-]/g, '_')}"`,
    };
    return bytes ? context.body(bytes, 200, headers) : context.notFound();
  });
}

/** Serves the page to browsers, and a list of the control calls to others. */
function createPage(services: Services): Hono<HonoEnv> {
  // Loaded on the first request: most sandboxes are started by tests, which need no page.
  let page: Promise<Hono> | undefined;
  const servePage = async (request: Request) => {
    page ??= import('./page/page.ts').then(({ createPageRoutes }) =>
      createPageRoutes(() => readFirstView(services)),
    );
    return (await page).fetch(request);
  };
  return new Hono<HonoEnv>()
    .get('/page/*', (context) => servePage(context.req.raw))
    .get('/', async (context) =>
      context.req.header('accept')?.includes('text/html')
        ? servePage(context.req.raw)
        : context.text(HELP_TEXT, 200, { vary: 'accept' }),
    );
}

const HELP_TEXT = `A simulated Discord for one bot. Open this address in a browser for the page.

Discord's API:   /api, /api/v9 and /api/v10, and a WebSocket gateway
Control calls, JSON over HTTP:
  POST /sandbox/command       {"text": "/name sub option:value", "files"?, "channel"?, "user"?, "guild"?, "locale"?}
                              {"text": "Name", "target": message or user}, for the context menu
  POST /sandbox/autocomplete  {"text": "/name sub option:val"}
  POST /sandbox/click         {"message": id, "customId", "values"?}
  POST /sandbox/modal         {"customId", "fields": {customId: value}}
  GET  /sandbox/messages?channel=NAME
  GET  /sandbox/history?channel=ID&user=ID
  GET  /sandbox/events        all events, as server-sent events
  POST /sandbox/clock         {"to": "2025-06-06T16:00:00Z"}, or {"to": "next post"}
  POST /sandbox/another       {"at": "2023-05-01T12:00:00Z"}: starts a second sandbox
  GET  /sandbox/state
  POST /sandbox/world         any of guilds + channelsEach, addChannel, addThread, changeThread, addRole, addMember,
                              changeRole, memberRoles, deleteChannel, deleteRole, removeBot, addBot, deny, allow,
                              timeOut, guildLocale, falseRemoval, outage, endOutage, clockSkewSeconds,
                              nonceWindowSeconds, token, closeDirect, openDirect, pages, trueRetryAfter,
                              privilegedIntents, shards, maxConcurrency, emptyReady, interactionsEndpoint,
                              eventWebhooks, limits
  POST /sandbox/faults        [{"route": "POST /channels/*/messages", "does": {"status": 500, "when": "after"}}]
  GET  /sandbox/faults
  GET  /sandbox/counters

See docs/sandbox.md.
`;
