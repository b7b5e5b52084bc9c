import { z } from 'zod';

/** What the environment says, parsed. `.env.example` explains each. */
export interface Config {
  token: string;
  /** Base of Discord's HTTP API without the version, ending in `/api`. */
  apiUrl: string;
  database: { kind: 'sqlite'; path: string };
  logLevel: (typeof LEVELS)[number];
  /** Where the clock starts; undefined: real time. */
  startAt: Temporal.Instant | undefined;
  dataFolder: string;
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const DISCORD_API = 'https://discord.com/api';

/** A fault of the environment, in sentences for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

const environment = z.object({
  DISCORD_TOKEN: z.preprocess(
    blank,
    z.string(
      'DISCORD_TOKEN is not set. Put the bot’s token into the environment or into a file named .env, or try the bot without one: npm run sandbox.',
    ),
  ),
  DISCORD_API_URL: z.preprocess(
    blank,
    z
      .url({
        protocol: /^https?$/,
        error: 'DISCORD_API_URL is not an http address, such as http://127.0.0.1:4570/api.',
      })
      .transform((url) => url.replace(/\/+$/, ''))
      .default(DISCORD_API),
  ),
  DATABASE_URL: z.preprocess(
    blank,
    z
      .string()
      .regex(/^sqlite:.+$/, 'DATABASE_URL must be sqlite:PATH, for example sqlite:concierge.sqlite.')
      .transform((url) => ({ kind: 'sqlite' as const, path: url.slice('sqlite:'.length) }))
      .default({ kind: 'sqlite', path: 'concierge.sqlite' }),
  ),
  LOG_LEVEL: z.preprocess(
    blank,
    z.enum(LEVELS, `LOG_LEVEL must be one of ${LEVELS.join(', ')}.`).default('info'),
  ),
  CONCIERGE_NOW: z.preprocess(blank, z.string().optional()).transform((text, problem) => {
    if (text === undefined) return undefined;
    try {
      return Temporal.Instant.from(text);
    } catch {
      problem.addIssue('CONCIERGE_NOW is not an instant, such as 2024-01-20T12:00:00Z.');
      return z.NEVER;
    }
  }),
  CONCIERGE_DATA: z.preprocess(blank, z.string().default('data')),
});

/** Parses the environment. Throws a `ConfigError` that says, in one sentence for each fault, what to do. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const result = environment.safeParse(env);
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => issue.message).join('\n'));
  const { data } = result;
  return {
    token: data.DISCORD_TOKEN,
    apiUrl: data.DISCORD_API_URL,
    database: data.DATABASE_URL,
    logLevel: data.LOG_LEVEL,
    startAt: data.CONCIERGE_NOW,
    dataFolder: data.CONCIERGE_DATA,
  };
}
