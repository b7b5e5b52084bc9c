import { z } from 'zod';

/** The parsed environment. `docs/configuration.md` explains each variable. */
export interface Config {
  token: string;
  /** Base of Discord's HTTP API without the version, ending in `/api`. */
  apiUrl: string;
  database: Database;
  /** How interactions arrive: over the gateway, or as requests to an endpoint of the bot's own. */
  interactions: (typeof INTERACTIONS)[number];
  /** Where the HTTP endpoint listens. */
  endpoint: { host: string; port: number };
  /** The application's public key, 64 hexadecimal digits; undefined: requested from Discord. */
  publicKey: string | undefined;
  /** The shards that this process runs; undefined: all shards, as many as Discord recommends. */
  shards: { ids: number[]; count: number } | undefined;
  /** Whether the bot shows the next release as its activity. */
  presence: boolean;
  /** What this process does: answer people, deliver posts, or both. */
  role: (typeof ROLES)[number];
  /** Where the server for operators listens; undefined: it does not run. */
  ops: { host: string; port: number } | undefined;
  /** The rate limit of posts of all processes together, in posts per second. */
  postsPerSecond: number;
  /** How many servers may be erased at once; undefined: as the number of known servers says. */
  maxErasedAtOnce: number | undefined;
  logLevel: (typeof LEVELS)[number];
  /** The instant at which the clock starts; undefined: real time. */
  startAt: Temporal.Instant | undefined;
  dataFolder: string;
}

/** The database: an SQLite file of this process, or a PostgreSQL database that processes share. */
export type Database = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

const INTERACTIONS = ['gateway', 'http'] as const;
const SWITCH = ['on', 'off'] as const;
const ROLES = ['all', 'answer', 'deliver'] as const;
/**
 * The default share of posts in Discord's 50 requests a second; responses to interactions do not count. With PostgreSQL it is
 * lower: a delayed process may use its slot together with another one. Docs: "Rate Limits", global limit.
 */
const POSTS_PER_SECOND = { sqlite: 45, postgres: 44 };
/** Far more than any bot has: a mistyped number must not create billions of shards. */
const MAX_SHARDS = 99_999;
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const DISCORD_API = 'https://discord.com/api';

/** Mistakes in the environment, in sentences for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const LOOPBACK = '127.0.0.1';
const ENDPOINT_PORT = 8080;
const MAX_PORT = 65_535;

const port = (name: string) =>
  z.coerce
    .number(`${name} must be a number.`)
    .optional()
    .refine(
      (value) => value === undefined || (Number.isInteger(value) && value >= 0 && value <= MAX_PORT),
      `${name} must be a port: a whole number up to ${MAX_PORT}; 0 takes a free one.`,
    );

/** Returns the shard ids of "0-2,5": 0, 1, 2 and 5. A range that runs backwards has none. */
function parseShardIds(text: string): number[] {
  const ids = text.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  });
  return [...new Set(ids)];
}

/** Returns whether a database URL can be parsed: special characters in user name and password must be percent-encoded. */
export function isAddress(url: string): boolean {
  try {
    decodeURI(url);
    return URL.canParse(url);
  } catch {
    return false;
  }
}

/** Removes what is often copied with a token: a byte order mark, white space, quotation marks and the prefix "Bot". */
function cleanToken(text: string): string {
  return text
    .replace(/^[\s\uFEFF"'“”‘’]+|[\s\uFEFF"'“”‘’]+$/g, '')
    .replace(/^Bot\s+/i, '')
    .trim();
}

const databaseUrl = z
  .string()
  .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, {
    error:
      'DATABASE_URL must be sqlite:PATH, for example sqlite:concierge.sqlite, or postgres://USER:PASSWORD@HOST/DATABASE.',
    abort: true,
  })
  .refine(
    (url) => url.startsWith('sqlite:') || isAddress(url),
    'DATABASE_URL is not a valid URL: percent-encode special characters in user name and password (@ : / ? # %), such as %40 for @.',
  )
  .transform(
    (url): Database =>
      url.startsWith('sqlite:')
        ? { kind: 'sqlite', path: url.slice('sqlite:'.length) }
        : { kind: 'postgres', url },
  );

const instant = z.string().transform((text, problem) => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    problem.addIssue('CONCIERGE_NOW is not an instant, such as 2024-01-20T12:00:00Z.');
    return z.NEVER;
  }
});

const environment = z.object({
  DISCORD_TOKEN: z
    .string(
      'DISCORD_TOKEN is not set. Put the bot’s token into the environment or into a file named .env, or try the bot without one: npm run sandbox.',
    )
    .transform(cleanToken)
    .refine(
      (token) => /^[\x21-\x7e]+$/.test(token),
      'DISCORD_TOKEN is not a token: it holds a space or another character that no token has. Copy it again from the developer portal.',
    ),
  DISCORD_API_URL: z
    .url({
      protocol: /^https?$/,
      error: 'DISCORD_API_URL is not an http address, such as http://127.0.0.1:4570/api.',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .default(DISCORD_API),
  DATABASE_URL: databaseUrl.default({ kind: 'sqlite', path: 'concierge.sqlite' }),
  INTERACTIONS: z
    .enum(INTERACTIONS, `INTERACTIONS must be one of ${INTERACTIONS.join(', ')}.`)
    .default('gateway'),
  HTTP_HOST: z.string().default(LOOPBACK),
  HTTP_PORT: port('HTTP_PORT'),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/i,
      'DISCORD_PUBLIC_KEY must be 64 hexadecimal digits, as the developer portal shows it.',
    )
    .optional(),
  SHARDS: z
    .string()
    .regex(/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/, {
      error: 'SHARDS must be numbers and ranges, for example 0-3 or 0,2.',
      abort: true,
    })
    .transform(parseShardIds)
    .refine((ids) => ids.length > 0, 'SHARDS names no shard: a range runs from the lower number, as in 0-3.')
    .optional(),
  SHARD_COUNT: z.coerce
    .number('SHARD_COUNT must be a number.')
    .int('SHARD_COUNT must be a whole number.')
    .min(1, 'SHARD_COUNT must be at least 1.')
    .max(MAX_SHARDS, `SHARD_COUNT must be at most ${MAX_SHARDS}.`)
    .optional(),
  PRESENCE: z.enum(SWITCH, `PRESENCE must be one of ${SWITCH.join(', ')}.`).default('on'),
  ROLE: z.enum(ROLES, `ROLE must be one of ${ROLES.join(', ')}.`).default('all'),
  OPS_HOST: z.string().default(LOOPBACK),
  OPS_PORT: port('OPS_PORT'),
  POSTS_PER_SECOND: z.coerce
    .number('POSTS_PER_SECOND must be a number.')
    .min(1, 'POSTS_PER_SECOND must be at least 1.')
    .max(50, 'POSTS_PER_SECOND must be at most 50: Discord allows no more.')
    .optional(),
  MAX_ERASED_AT_ONCE: z.coerce
    .number('MAX_ERASED_AT_ONCE must be a number.')
    .int('MAX_ERASED_AT_ONCE must be a whole number.')
    .min(0, 'MAX_ERASED_AT_ONCE must be at least 0, which erases no server.')
    .optional(),
  LOG_LEVEL: z.enum(LEVELS, `LOG_LEVEL must be one of ${LEVELS.join(', ')}.`).default('info'),
  CONCIERGE_NOW: instant.optional(),
  CONCIERGE_DATA: z.string().default('data'),
});

/** The environment, with the rules between its variables. */
const checkedEnvironment = environment.superRefine(({ SHARDS, SHARD_COUNT, DATABASE_URL, ROLE }, problem) => {
  if (SHARDS && SHARD_COUNT === undefined)
    problem.addIssue('SHARDS needs SHARD_COUNT: of how many shards these are.');
  if (SHARDS?.some((id) => id >= (SHARD_COUNT ?? id + 1)))
    problem.addIssue(
      `SHARDS are counted from 0: with SHARD_COUNT=${SHARD_COUNT} the last is ${(SHARD_COUNT ?? 1) - 1}.`,
    );
  if (ROLE !== 'all' && DATABASE_URL.kind === 'sqlite')
    problem.addIssue(
      `ROLE=${ROLE} needs a database that processes can share: set DATABASE_URL=postgres://…, or leave ROLE out.`,
    );
});

/** Parses the environment. Throws a `ConfigError` with one sentence for each mistake, which says what to do. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // A blank variable counts as not set, as in a copied .env.example.
  const variables = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = checkedEnvironment.safeParse(variables);
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => issue.message).join('\n'));
  const { data } = result;
  return {
    token: data.DISCORD_TOKEN,
    apiUrl: data.DISCORD_API_URL,
    database: data.DATABASE_URL,
    interactions: data.INTERACTIONS,
    endpoint: { host: data.HTTP_HOST, port: data.HTTP_PORT ?? ENDPOINT_PORT },
    publicKey: data.DISCORD_PUBLIC_KEY,
    shards: data.SHARD_COUNT
      ? { count: data.SHARD_COUNT, ids: data.SHARDS ?? [...Array(data.SHARD_COUNT).keys()] }
      : undefined,
    presence: data.PRESENCE === 'on',
    role: data.ROLE,
    ops: data.OPS_PORT === undefined ? undefined : { host: data.OPS_HOST, port: data.OPS_PORT },
    postsPerSecond: data.POSTS_PER_SECOND ?? POSTS_PER_SECOND[data.DATABASE_URL.kind],
    maxErasedAtOnce: data.MAX_ERASED_AT_ONCE,
    logLevel: data.LOG_LEVEL,
    startAt: data.CONCIERGE_NOW,
    dataFolder: data.CONCIERGE_DATA,
  };
}
