import { readFileSync } from 'node:fs';
import {
  ApplicationCommandOptionType,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { FIRST_CHANNEL, owner } from './guilds.ts';
import { APPLICATION, commandId, guildId, idWithin } from './ids.ts';

/** A question, in one or several wordings that take turns. */
export interface Question {
  /** The name in the result table. */
  name: string;
  /** "ballerina/cast" */
  path: string;
  /** The options of each wording. */
  wordings: readonly Record<string, string>[];
  /** Whether no text is sent twice: filler words are put in front. */
  isUnique?: true;
  /** Whether the last option is being typed. */
  autocomplete?: true;
  /** The options that are channels of the server; all others are text. */
  channels?: readonly string[];
}

/** Fans' questions in plain words, from the set that measures `/ballerina ask`. */
const plainQuestions = (
  JSON.parse(readFileSync('test/questions/questions.json', 'utf8')) as { question: string; part: string }[]
)
  .filter(({ part }) => part === 'tuning')
  .map(({ question }) => ({ question }));

/** The question that every bot gets, also where only one is needed. */
export const SIMPLE_QUESTION: Question = { name: '/ballerina cast', path: 'ballerina/cast', wordings: [{}] };

/** The number of wordings that stand for frequent questions. */
const FREQUENT_WORDINGS = 8;

/** The measured questions: an answer of many lines, a long one, two that have to be found, and autocomplete. */
export const QUESTIONS: readonly Question[] = [
  SIMPLE_QUESTION,
  { name: '/wick timeline', path: 'wick/timeline', wordings: [{}] },
  { name: '/ballerina ask', path: 'ballerina/ask', wordings: plainQuestions.slice(0, FREQUENT_WORDINGS) },
  { name: '/ballerina ask, worded anew', path: 'ballerina/ask', wordings: plainQuestions, isUnique: true },
  {
    name: 'autocomplete',
    path: 'ballerina/cast',
    wordings: ['a', 'an', 'ana', 'ke', 'ian', 'armas', 'mcshane', 'kianu'].map((person) => ({ person })),
    autocomplete: true,
  },
];

/** Returns the type of response that counts as an answer; a deferred response does not. */
export const expectedResponse = ({ autocomplete }: Question): InteractionResponseType =>
  autocomplete
    ? InteractionResponseType.ApplicationCommandAutocompleteResult
    : InteractionResponseType.ChannelMessageWithSource;

/** Nearly all permissions, for the person who asks and for the bot. */
const PERMISSIONS = '2251799813685247';
const GUILD = guildId(0);
const CHANNEL = {
  id: idWithin(GUILD, FIRST_CHANNEL),
  type: 0,
  guild_id: GUILD,
  name: 'general',
  topic: null,
  position: 0,
  permission_overwrites: [],
  parent_id: null,
  nsfw: false,
  flags: 0,
  last_message_id: null,
  rate_limit_per_user: 0,
  permissions: PERMISSIONS,
  app_permissions: PERMISSIONS,
};
const MEMBER = {
  user: owner,
  nick: null,
  avatar: null,
  roles: [],
  joined_at: '2024-01-20T12:00:00.000Z',
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
  communication_disabled_until: null,
  permissions: PERMISSIONS,
};
/** What all interactions have in common: they come from the first server. */
const COMMON = {
  application_id: APPLICATION,
  version: 1,
  channel_id: CHANNEL.id,
  channel: CHANNEL,
  guild_id: GUILD,
  guild: { id: GUILD, locale: 'en-US', features: [] },
  guild_locale: 'en-US',
  member: MEMBER,
  app_permissions: PERMISSIONS,
  locale: 'en-US',
  entitlements: [],
  authorizing_integration_owners: { 0: GUILD },
  context: InteractionContextType.Guild,
  attachment_size_limit: 10 * 1024 * 1024,
};

/** Returns a function that creates the n-th interaction as Discord's JSON, with a token. */
export function createInteractions(question: Question): (n: number, token: string) => string {
  const { wordings, isUnique, autocomplete } = question;
  const type = autocomplete
    ? InteractionType.ApplicationCommandAutocomplete
    : InteractionType.ApplicationCommand;
  const serialised = wordings.map((options) =>
    JSON.stringify({ ...COMMON, type, data: createData(question, options) }).slice(1),
  );
  return (n, token) => {
    const wording = serialised[n % serialised.length] ?? '';
    const json = isUnique
      ? wording.replace(PLACEHOLDER, fillerWords(Math.floor(n / serialised.length)))
      : wording;
    return `{"id":"${idWithin(GUILD, 10_000 + n)}","token":"${token}",${json}`;
  };
}

/** Creates the command data of an interaction. */
function createData(
  { path, isUnique, autocomplete, channels = [] }: Question,
  options: Readonly<Record<string, string>>,
) {
  const [name = '', sub = ''] = path.split('/');
  const typed = Object.entries(options).map(([option, value]) => ({
    name: option,
    type: channels.includes(option)
      ? ApplicationCommandOptionType.Channel
      : ApplicationCommandOptionType.String,
    value: isUnique ? `${PLACEHOLDER}${value}` : value,
    ...(autocomplete && { focused: true }),
  }));
  const resolved = channels.map((option) => [options[option], { ...CHANNEL, id: options[option] }]);
  return {
    id: commandId(name),
    name,
    type: 1,
    options: [{ name: sub, type: ApplicationCommandOptionType.Subcommand, options: typed }],
    resolved: { channels: Object.fromEntries(resolved) },
  };
}

const PLACEHOLDER = '@filling@';
const FILLERS = ['hey', 'ok', 'so', 'please', 'well', 'hi', 'um', 'hello'];

/** Returns another sequence of filler words for each number. */
const fillerWords = (n: number): string =>
  [...n.toString(FILLERS.length)].map((digit) => `${FILLERS[Number(digit)]} `).join('');
