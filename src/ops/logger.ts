import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

const HIDDEN = '[hidden]';
/** Shorter secrets, such as the sandbox's tokens, are not masked: they may occur in any line by chance. */
const MIN_SECRET_LENGTH = 6;
/** An interaction's token in a request path: anyone who has it can respond as the bot for 15 minutes. */
const INTERACTION_TOKEN = String.raw`(?<=/(?:interactions|webhooks)/\d{1,20}/)[^/\s"?]+`;

/** The field of discord.js's HTTP errors with the request body. It may contain text that people wrote, so it is dropped. */
const REQUEST_BODY = 'requestBody';

/**
 * Creates the log: one line of JSON for each event, on standard output by default. Masks the token and the database's password
 * in every field, since an error of a library may contain them.
 */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'token' | 'database'>,
  out: DestinationStream = destination({ fd: 1, sync: true }),
): Logger {
  const secrets = new RegExp([...secretsOf(config).map(RegExp.escape), INTERACTION_TOKEN].join('|'), 'g');
  const mask = (name: string, value: unknown) => {
    if (name === REQUEST_BODY) return undefined;
    return typeof value === 'string' ? value.replaceAll(secrets, HIDDEN) : value;
  };
  return pino(
    { level: config.logLevel },
    { write: (line) => out.write(`${JSON.stringify(JSON.parse(line, mask))}\n`) },
  );
}

/** Returns the token and the database's password, as written in its URL and decoded. */
function secretsOf({ token, database }: Pick<Config, 'token' | 'database'>): string[] {
  const passwords = database.kind === 'postgres' ? passwordsIn(new URL(database.url)) : [];
  return [token, ...passwords].filter((secret) => secret.length >= MIN_SECRET_LENGTH);
}

function passwordsIn({ password, searchParams }: URL): string[] {
  const parameter = searchParams.get('password') ?? '';
  return [password, decodeURIComponent(password), parameter, encodeURIComponent(parameter)];
}
