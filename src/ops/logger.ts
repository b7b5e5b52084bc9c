import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

const HIDDEN = '[hidden]';
/** What is shorter is a word that may stand in any line: hiding it would spoil the log and guard nothing. */
const SHORTEST_SECRET = 6;
/** An interaction's own token, with which anyone may answer in the bot's name for 15 minutes, stands in request paths. */
const INTERACTION_TOKEN = String.raw`(?<=/(?:interactions|webhooks)/\d{1,20}/)[^/\s"?]+`;

/** Where an error of the HTTP client keeps what was sent, which holds what people wrote: that is theirs, and no use here. */
const PEOPLES_WORDS = 'requestBody';

/**
 * The log: one line of JSON an event, with ids. No secret is meant to get this far; should one, within an error of a
 * library's say, it is hidden wherever it stands. `main.ts` opens it with the configuration.
 */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'token' | 'database'>,
  out: DestinationStream = destination({ fd: 1, sync: true }),
): Logger {
  const secret = new RegExp([...secretsOf(config).map(RegExp.escape), INTERACTION_TOKEN].join('|'), 'g');
  const masked = (name: string, value: unknown) => {
    if (name === PEOPLES_WORDS) return undefined;
    return typeof value === 'string' ? value.replaceAll(secret, HIDDEN) : value;
  };
  return pino(
    { level: config.logLevel },
    { write: (line) => out.write(`${JSON.stringify(JSON.parse(line, masked))}\n`) },
  );
}

/** The token and the database's password, as written in its address and as meant by it. */
function secretsOf({ token, database }: Pick<Config, 'token' | 'database'>): string[] {
  const passwords = database.kind === 'postgres' ? passwordsIn(new URL(database.url)) : [];
  return [token, ...passwords].filter((one) => one.length >= SHORTEST_SECRET);
}

function passwordsIn({ password, searchParams }: URL): string[] {
  const given = searchParams.get('password') ?? '';
  return [password, decodeURIComponent(password), given, encodeURIComponent(given)];
}
