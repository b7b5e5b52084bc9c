import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

const HIDDEN = '[hidden]';
/** Shorter secrets, such as the sandbox's tokens, are not masked: they may occur in any line by chance. */
const MIN_SECRET_LENGTH = 6;
/** The token of an interaction or a webhook, in a request path: anyone who has it can post in its name. */
const TOKEN_IN_PATH = String.raw`(?<=/(?:interactions|webhooks)/\d{1,20}/)[^/\s"?]+`;
/** The token of an interaction anywhere: it begins with "interaction:" in base64. */
const INTERACTION_TOKEN = String.raw`aW50ZXJhY3Rpb246[\w+/=-]+`;

/** Fields that hold a request or an answer whole: they repeat what people wrote, and are no use in a log. */
const OMITTED_FIELDS: ReadonlySet<string> = new Set(['requestBody', 'rawError']);
/** Fields that hold a secret, whatever its form. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(['token', 'authorization']);

/**
 * Creates the log: one line of JSON for each event, on standard output by default. Masks secrets in every field, since an error of
 * a library may contain them.
 */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'token' | 'database'>,
  out: DestinationStream = destination({ fd: 1, sync: true }),
): Logger {
  const patterns = [...secretsOf(config).map(RegExp.escape), TOKEN_IN_PATH, INTERACTION_TOKEN];
  const secret = new RegExp(patterns.join('|'), 'g');
  const mask = (name: string, value: unknown) => {
    if (OMITTED_FIELDS.has(name)) return undefined;
    if (SECRET_FIELDS.has(name.toLowerCase())) return HIDDEN;
    return typeof value === 'string' ? value.replaceAll(secret, HIDDEN) : value;
  };
  return pino(
    { level: config.logLevel },
    { write: (line) => out.write(`${JSON.stringify(JSON.parse(line, mask))}\n`) },
  );
}

/** Returns the token and the database's password, both escaped as in the address and unescaped. */
function secretsOf({ token, database }: Pick<Config, 'token' | 'database'>): string[] {
  const passwords = database.kind === 'postgres' ? passwordsIn(new URL(database.url)) : [];
  return [token, ...passwords].filter(({ length }) => length >= MIN_SECRET_LENGTH);
}

function passwordsIn({ password, searchParams }: URL): string[] {
  const given = searchParams.get('password') ?? '';
  return [password, decodeURIComponent(password), given, encodeURIComponent(given)];
}
