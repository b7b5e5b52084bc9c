import { readFileSync } from 'node:fs';
import {
  ApplicationCommandOptionType,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { FIRST_CHANNEL, owner } from './guilds.ts';
import { APPLICATION, commandId, guildId, idWithin } from './ids.ts';

/** Something that people ask, in one or several wordings that take turns. */
export interface Question {
  /** As people type it. */
  name: string;
  /** "ballerina/cast" */
  path: string;
  /** The options of each wording. */
  wordings: readonly Record<string, string>[];
  /** No two are worded alike: filling words go before. */
  anew?: true;
  /** The last option is being typed. */
  autocomplete?: true;
  /** The options that are a channel of the server the question is asked in; all others are text. */
  channels?: readonly string[];
}

/** Questions in plain words of fans, whose answers are known: the set by which `/ballerina ask` is judged. */
const asked = (
  JSON.parse(readFileSync('test/questions/questions.json', 'utf8')) as { question: string; part: string }[]
)
  .filter(({ part }) => part === 'tuning')
  .map(({ question }) => ({ question }));

export const SIMPLE_QUESTION: Question = { name: '/ballerina cast', path: 'ballerina/cast', wordings: [{}] };

/** So many are what most people ask. */
const OFTEN = 8;

/** What is measured: an answer of many lines, a long one, one that has to be found, and one while typing. */
export const QUESTIONS: readonly Question[] = [
  SIMPLE_QUESTION,
  { name: '/wick timeline', path: 'wick/timeline', wordings: [{}] },
  { name: '/ballerina ask', path: 'ballerina/ask', wordings: asked.slice(0, OFTEN) },
  { name: '/ballerina ask, worded anew', path: 'ballerina/ask', wordings: asked, anew: true },
  {
    name: 'autocomplete',
    path: 'ballerina/cast',
    wordings: ['a', 'an', 'ana', 'ke', 'ian', 'armas', 'mcshane', 'kianu'].map((person) => ({ person })),
    autocomplete: true,
  },
];

/** What a bot may answer at once with; a promise of an answer is none. */
export const answerTo = ({ autocomplete }: Question): InteractionResponseType =>
  autocomplete
    ? InteractionResponseType.ApplicationCommandAutocompleteResult
    : InteractionResponseType.ChannelMessageWithSource;

/** All there are, up to the newest few: of the person who asks, and of the bot. */
const PERMISSIONS = '2251799813685247';

/** The interaction as Discord sends it from the first server, as JSON, for an id and a token. */
export function interactionOf({
  path,
  wordings,
  anew,
  autocomplete,
  channels = [],
}: Question): (n: number, token: string) => string {
  const guild = guildId(0);
  const [name = '', sub = ''] = path.split('/');
  const channel = {
    id: idWithin(guild, FIRST_CHANNEL),
    type: 0,
    guild_id: guild,
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
  const data = (options: Record<string, string>) => ({
    id: commandId(name),
    name,
    type: 1,
    options: [
      {
        name: sub,
        type: ApplicationCommandOptionType.Subcommand,
        options: Object.entries(options).map(([option, value]) => ({
          name: option,
          type: channels.includes(option)
            ? ApplicationCommandOptionType.Channel
            : ApplicationCommandOptionType.String,
          value: anew ? `${FILLING}${value}` : value,
          ...(autocomplete && { focused: true }),
        })),
      },
    ],
    resolved: {
      channels: Object.fromEntries(
        channels.map((option) => [options[option], { ...channel, id: options[option] }]),
      ),
    },
  });
  const rest = {
    application_id: APPLICATION,
    type: autocomplete ? InteractionType.ApplicationCommandAutocomplete : InteractionType.ApplicationCommand,
    version: 1,
    channel_id: channel.id,
    channel,
    guild_id: guild,
    guild: { id: guild, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    member: {
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
    },
    app_permissions: PERMISSIONS,
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: guild },
    context: InteractionContextType.Guild,
    attachment_size_limit: 10 * 1024 * 1024,
  };
  const serialised = wordings.map((options) => JSON.stringify({ ...rest, data: data(options) }).slice(1));
  return (n, token) => {
    const worded = serialised[n % serialised.length] ?? '';
    const json = anew ? worded.replace(FILLING, filling(Math.floor(n / serialised.length))) : worded;
    return `{"id":"${idWithin(guild, 10_000 + n)}","token":"${token}",${json}`;
  };
}

const FILLING = '@filling@';
const FILLERS = ['hey', 'ok', 'so', 'please', 'well', 'hi', 'um', 'hello'];

/** Another run of filling words for each number. */
const filling = (n: number): string =>
  [...n.toString(FILLERS.length)].map((digit) => `${FILLERS[Number(digit)]} `).join('');
