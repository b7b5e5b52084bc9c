import type { MiddlewareHandler } from 'hono';
import type { Notices } from '../notices.ts';
import { COMMAND_FIELDS } from '../rules/commands.ts';
import { MESSAGE_FIELDS } from '../rules/message.ts';
import { EVENT_FIELDS } from '../rules/scheduled-event.ts';
import type { HonoEnv } from './middleware.ts';
import { APPLICATION_FIELDS } from './routes/application.ts';
import { CHANNEL_FIELDS } from './routes/channels.ts';

/** The fields that the sandbox reads, by route. Others have no effect. */
const READ_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'PATCH /applications/@me': APPLICATION_FIELDS,
  'POST /applications/:id/commands': COMMAND_FIELDS,
  'PUT /applications/:id/commands': COMMAND_FIELDS,
  'PATCH /applications/:id/commands/:id': COMMAND_FIELDS,
  'POST /applications/:id/guilds/:id/commands': COMMAND_FIELDS,
  'PUT /applications/:id/guilds/:id/commands': COMMAND_FIELDS,
  'PATCH /applications/:id/guilds/:id/commands/:id': COMMAND_FIELDS,
  'PATCH /channels/:id': CHANNEL_FIELDS,
  'POST /channels/:id/messages': MESSAGE_FIELDS,
  'PATCH /channels/:id/messages/:id': MESSAGE_FIELDS,
  'POST /guilds/:id/scheduled-events': EVENT_FIELDS,
  'PATCH /guilds/:id/scheduled-events/:id': EVENT_FIELDS,
  'POST /interactions/:id/:token/callback': ['type', 'data'],
  'POST /users/@me/channels': ['recipient_id'],
  // eris has the parameter `wait` in the body too, where it means nothing to Discord.
  'POST /webhooks/:id/:token': [...MESSAGE_FIELDS, 'wait'],
  'PATCH /webhooks/:id/:token/messages/@original': MESSAGE_FIELDS,
  'PATCH /webhooks/:id/:token/messages/:id': MESSAGE_FIELDS,
};

/** Discord's fields have no capitals. Those that have some are options of a library, which eris sends too. */
const isDiscords = (field: string) => !/[A-Z]/.test(field);

/** Creates the middleware that names the fields of a request which have no effect. */
export function createIgnoredFieldsMiddleware(notices: Notices): MiddlewareHandler<HonoEnv> {
  return async (context, next) => {
    await next();
    const { name } = context.get('route');
    const known = READ_FIELDS[name];
    const json = context.get('json');
    if (!context.res.ok || !known || typeof json !== 'object' || json === null) return;
    // A list of commands has the fields of each.
    const fields = Array.isArray(json) ? json.flatMap((item) => Object.keys(item ?? {})) : Object.keys(json);
    for (const field of fields) if (!known.includes(field) && isDiscords(field)) notices.ignores(field, name);
  };
}
