import { type CountdownState, MAX_COUNTDOWNS } from '../../../src/countdown/countdown.ts';
import { BUILT_IN } from '../../../src/countdown/defaults.ts';
import { createFollow } from '../../../src/countdown/follow/edit-follow.ts';
import { scopeOf } from '../../../src/countdown/follow/follow.ts';
import { latestNews } from '../../../src/countdown/follow/latest-news.ts';
import { countdownName } from '../../../src/countdown/names.ts';
import type { NewCountdown } from '../../../src/delivery/countdown-repository.ts';
import { bold, channelMention, quote } from '../../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../../src/discord/message/reply.ts';
import { isAnnouncementChannel } from '../../../src/discord/permissions.ts';
import { createPost } from '../../../src/discord/posting/countdown-message.ts';
import { type OptionValues, subcommand } from '../../../src/interactions/command.ts';
import type { Context, Guild } from '../../../src/interactions/context.ts';
import { currentView } from '../../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../../src/interactions/require-manage-server.ts';
import type { Services } from '../../services.ts';
import { findAddedRoleNotes } from '../add.ts';
import { changeButtons } from '../change-reply.ts';
import { channel, role } from '../options.ts';
import { createPostView } from '../outlook.ts';
import { countdownReply, orderLines } from '../replies.ts';
import { channelRemarks, findChannelProblem, findRoleProblem } from '../validation.ts';
import { digest, findFollowed, followTitle, what } from './options.ts';

const options = { title: followTitle, channel, what, digest, role };
type FollowOptions = OptionValues<typeof options>;
type FollowServices = Pick<Services, 'countdowns' | 'settings' | 'lookUpAccess'>;

/** Returns `/countdown follow`: posts each piece of news about a title once. It is listed among the countdowns. */
export const createFollowCommand = (services: FollowServices) =>
  subcommand({
    name: 'follow',
    description: 'command.countdown.follow',
    options,
    run: (values, context) =>
      requireManageServer(context, (guild) => addFollow(services, context, guild, values)),
  });

async function addFollow(
  services: FollowServices,
  context: Context,
  guild: Guild,
  values: FollowOptions,
): Promise<Reply> {
  const { say } = context.language;
  const { countdowns, settings } = services;
  const view = currentView(context);
  const subject = findFollowed(view, values.title);
  if (subject.kind === 'unknown') return ephemeralText(unknownTitle(context, values.title, subject.near));
  const memberPermissions = context.channels.get(values.channel)?.memberPermissions;
  const problem =
    findChannelProblem(context, values.channel) ??
    findRoleProblem(context, guild, values.role, memberPermissions);
  if (problem) return ephemeralText(problem);

  const defaults = { ...BUILT_IN, ...(await settings.defaults(guild.id)) };
  const follow = createFollow(context.knowledge.facts, context.today, { ...values, title: subject.title });
  const order: NewCountdown = {
    release: scopeOf(follow),
    follow,
    anniversary: false,
    channelId: values.channel,
    ...(isAnnouncementChannel(context.channels.get(values.channel)?.type) && { publish: true }),
    timeZone: defaults.timeZone,
    time: defaults.time,
    milestones: [],
    ...(values.role && { roleId: values.role }),
    locale: defaults.locale ?? guild.locale,
  };
  const contact = (await settings.sendsSilenceNotices(guild.id))
    ? { userId: context.userId, locale: context.language.locale }
    : undefined;
  const result = await countdowns.add(guild.id, order, context.now, contact);
  if (result.ok) return addedReply(services, context, guild, result.state);
  if (result.why === 'full') return ephemeralText(say('countdown.add.full', { count: MAX_COUNTDOWNS }));
  const name = countdownName(view, { ...order, id: '', createdAt: '' });
  return ephemeralText(say('follow.already', { name, channel: channelMention(values.channel) }));
}

function unknownTitle({ language: { say, list } }: Context, typed: string, near: readonly string[]): string {
  const hint = near.length > 0 ? say('film.near', { names: list(near) }) : say('countdown.add.pick');
  return `${say('film.miss', { typed: quote(typed) })} ${hint}`;
}

/** Says what will be posted, and shows the latest news as an example. */
async function addedReply(
  services: FollowServices,
  context: Context,
  guild: Guild,
  { countdown }: CountdownState,
): Promise<Reply> {
  const { language, knowledge, now } = context;
  const { say } = language;
  const notes = await findAddedRoleNotes(services, context, guild, countdown);
  const { roleId: _, ...silent } = countdown;
  const latest = latestNews(knowledge.facts, silent, now);
  const example =
    latest && createPost(createPostView(context, silent), silent, latest.occurrence, 'example', now);
  const sections = [
    { lines: [bold(countdownName(currentView(context), countdown)), ...orderLines(context, countdown)] },
    {
      lines: [
        say('follow.added.how', { digest: countdown.follow?.digest ?? 'other' }),
        ...notes,
        ...channelRemarks(context, countdown),
      ],
    },
    ...(example ? [{ heading: say('follow.example'), lines: [example.body.content] }] : []),
  ];
  const buttons = changeButtons(context, countdown.id, { added: countdown.id });
  return countdownReply(context, say('follow.added.title'), sections, buttons);
}
