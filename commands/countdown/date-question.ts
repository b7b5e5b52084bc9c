import type { ChannelType } from 'discord-api-types/v10';
import { dateInWords } from '../../src/countdown/names.ts';
import { formatMilestones, type Milestones } from '../../src/countdown/parse-input.ts';
import type { Moment } from '../../src/countdown/read-date.ts';
import { channelMention, inlineCode, quote, roleMention } from '../../src/discord/message/format.ts';
import type { Reply } from '../../src/discord/message/reply.ts';
import type { Options, OptionValues } from '../../src/interactions/command.ts';
import type { Context, Guild, ResolvedChannel } from '../../src/interactions/context.ts';
import { parseOptions } from '../../src/interactions/parse-options.ts';
import type { Services } from '../services.ts';
import { momentText } from './own-date.ts';
import { countdownReply } from './replies.ts';

/** The parsed options of a command that has a date. */
type Values = Readonly<Record<string, string | boolean | Milestones | undefined>>;

/**
 * Asks which of several dates was meant, with a button for each. The message keeps the other options: nothing is stored, and a
 * restart loses nothing.
 */
export function dateQuestion(
  context: Context,
  path: string,
  values: Values,
  moments: readonly Moment[],
): Reply {
  const { language, channels } = context;
  const { say } = language;
  const { date: typed, ...others } = values;
  const names = moments.map((moment) => dateInWords(language, moment));
  const type = channels.get(String(values['channel']))?.type;
  const fields = Object.entries(others).flatMap(([name, value]) =>
    value === undefined ? [] : [{ heading: name, lines: [shownValue(name, value)] }],
  );
  return countdownReply(
    context,
    say('countdown.date.which'),
    [
      {
        lines: [
          say('countdown.date.meanings', { typed: quote(String(typed)) }),
          ...names.map((name) => `• ${name}`),
        ],
      },
      ...fields,
    ],
    moments.map((moment, index) => ({
      verb: 'press',
      path,
      options: { date: momentText(moment), ...(type !== undefined && { type: String(type) }) },
      label: names[index] ?? momentText(moment),
    })),
  );
}

function shownValue(name: string, value: string | boolean | Milestones): string {
  if (typeof value === 'object') return inlineCode(formatMilestones(value));
  if (name === 'channel') return channelMention(String(value));
  return name === 'role' ? roleMention(String(value)) : inlineCode(String(value));
}

/** Returns the options that the pressed message keeps, with the chosen date; undefined where it is another message. */
export function answeredOptions<O extends Options>(
  { message }: Context,
  options: O,
  date: string | undefined,
): OptionValues<O> | undefined {
  const fields = message[0]?.fields ?? [];
  const kept = fields.map(({ name, value }) => [name, /^(?:`(.*)`|<[#@]&?(\d+)>)$/.exec(value)] as const);
  const values = Object.fromEntries(kept.map(([name, match]) => [name, match?.[1] ?? match?.[2]]));
  const parsed = parseOptions(options, { ...values, date });
  return date !== undefined && fields.length > 0 && parsed.ok ? parsed.options : undefined;
}

/**
 * Returns the context of a pressed button with the channel and the roles that a command gets from Discord. `type` is the channel's, from
 * the button. What the bot and the member may do is asked anew; without an answer the channel is left out.
 */
export async function withChannel(
  { lookUpAccess }: Pick<Services, 'lookUpAccess'>,
  context: Context,
  guild: Guild,
  { channelId, type }: { channelId: string | undefined; type: string | undefined },
): Promise<Context> {
  if (channelId === undefined) return context;
  const asker = { userId: context.userId, roleIds: guild.roleIds };
  const access = await lookUpAccess(guild.id, [channelId], asker);
  const problem = access?.problems.get(channelId);
  if (!access || problem?.kind === 'gone') return context;
  const channel: ResolvedChannel = {
    id: channelId,
    type: Number(type) as ChannelType,
    name: '',
    permissions: access.bot.channels.get(channelId) ?? 0n,
    memberPermissions: access.asker?.channels.get(channelId) ?? 0n,
    locked: problem?.kind === 'locked',
  };
  const roles = [...access.roles].map(
    ([id, { mentionable }]) => [id, { id, name: '', mentionable }] as const,
  );
  return { ...context, channels: new Map([[channelId, channel]]), roles: new Map(roles) };
}
