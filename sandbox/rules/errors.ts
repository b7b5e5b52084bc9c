import { STATUS_CODES } from 'node:http';

/**
 * Discord's errors by name: HTTP status, JSON error code and message (documentation: topics/opcodes-and-status-codes,
 * "JSON Error Codes").
 */
const DISCORD_ERRORS = {
  notFound: [404, 0, '404: Not Found'],
  unauthorized: [401, 0, '401: Unauthorized'],
  serverError: [500, 0, '500: Internal Server Error'],
  unavailable: [503, 0, '503: Service Unavailable'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  unknownEvent: [404, 10070, 'Unknown Guild Scheduled Event'],
  tooManyPins: [400, 30003, 'Maximum number of pins reached (250)'],
  tooManyCommands: [400, 30032, 'Maximum number of application commands reached (100)'],
  tooManyEvents: [400, 30038, 'Maximum number of guild scheduled events reached (100)'],
  directsTooFast: [403, 40003, 'You are opening direct messages too fast.'],
  tooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  alreadyCrossposted: [400, 40033, 'This message has already been crossposted.'],
  missingAccess: [403, 50001, 'Missing Access'],
  onDirectChannel: [403, 50003, 'Cannot execute action on a DM channel'],
  notAuthor: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  closedDirect: [403, 50007, 'Cannot send messages to this user'],
  notText: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  invalidRecipient: [400, 50033, 'Invalid Recipient(s)'],
  archivedThread: [
    400,
    50083,
    'Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread',
  ],
  invalidVersion: [400, 50041, 'Invalid API version'],
  invalidForm: [400, 50035, 'Invalid Form Body'],
  noMutualGuilds: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  replyWithoutHistory: [403, 160002, 'Cannot reply without permission to read message history'],
  lockedThread: [400, 160005, 'This thread is locked'],
  referenceWithoutHistory: [
    403,
    160009,
    'Cannot reference a message without permission to read message history',
  ],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
} as const;

/** The name of an error that Discord documents. */
export type DiscordErrorName = keyof typeof DISCORD_ERRORS;

/** An error that the HTTP layer sends to the bot as Discord would. `body` is the JSON of the response. */
export class DiscordError extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
  /** What the request needs and the sandbox does not have. */
  readonly lacking: readonly string[];

  constructor(
    status: number,
    body: { message: string; code?: number; errors?: object; retry_after?: number; global?: boolean },
    {
      headers = {},
      lacking = [],
    }: { headers?: Readonly<Record<string, string>>; lacking?: readonly string[] } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.lacking = lacking;
  }
}

/** The header by which libraries tell a 429 of Discord from one of Cloudflare, which blocks the address. */
export const VIA = { Via: '1.1 google' } as const;

/**
 * Returns the error for the write limit of a channel. The body has the true wait; the bucket, which is not full, does not.
 * `Retry-After` has been seen with either (discord-api-docs, issues 6109 and 4043): with the true wait if `isHeaderTrue`.
 */
export function createWriteLimitError(seconds: number, isHeaderTrue: boolean): DiscordError {
  const body = {
    message: 'The write action you are performing on the channel has hit the write rate limit.',
    retry_after: Number(seconds.toFixed(3)),
    global: false,
    code: 20028,
  };
  const retryAfter = String(isHeaderTrue ? Math.ceil(seconds) : 1);
  const headers = { ...VIA, 'Retry-After': retryAfter, 'X-RateLimit-Scope': 'shared' };
  return new DiscordError(429, body, { headers });
}

/** Returns the error with this name. */
export function createDiscordError(name: DiscordErrorName): DiscordError {
  const [status, code, message] = DISCORD_ERRORS[name];
  return new DiscordError(status, { message, code });
}

/** Returns error 50035 with its tree of field errors. `lacking` is what the sandbox does not have of what the form asks for. */
export function createFormError(errors: object, lacking: readonly string[]): DiscordError {
  const [status, code, message] = DISCORD_ERRORS.invalidForm;
  return new DiscordError(status, { message, code, errors }, { lacking });
}

/** Returns Discord's message for a JSON error code, or for the HTTP status when the code is 0 or unknown. */
export function findErrorMessage(status: number, code: number): string {
  const known =
    code === 0 ? undefined : Object.values(DISCORD_ERRORS).find(([, knownCode]) => knownCode === code);
  return known?.[2] ?? `${status}: ${STATUS_CODES[status] ?? 'Error'}`;
}
