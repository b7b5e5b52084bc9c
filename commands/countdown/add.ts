import { findCountable, listCountables } from '../../src/countdown/countable-releases.ts';
import {
  type Countdown,
  type CountdownState,
  type Defaults,
  MAX_COUNTDOWNS,
  OWN,
} from '../../src/countdown/countdown.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { changeLook } from '../../src/countdown/look.ts';
import { countdownName, ownDateLabel } from '../../src/countdown/names.ts';
import type { Moment } from '../../src/countdown/read-date.ts';
import type { NewCountdown } from '../../src/delivery/countdown-repository.ts';
import { bold, channelMention, quote } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { isAnnouncementChannel } from '../../src/discord/permissions.ts';
import { type OptionValues, subcommand } from '../../src/interactions/command.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { findRoleNotes } from './access.ts';
import { changeButtons } from './change-reply.ts';
import { answeredOptions, dateQuestion, withChannel } from './date-question.ts';
import { colour, lookChange, picture, sentence } from './look-options.ts';
import { channel, milestones, noRole, release, role, time, timezone, title } from './options.ts';
import { createOutlook, willPost } from './outlook.ts';
import { createDateOption, readTypedDate } from './own-date.ts';
import { keep, live, upkeepFields } from './post-options.ts';
import { findPressedProblem } from './pressed-release.ts';
import { countdownReply, orderLines, upcomingLines } from './replies.ts';
import { unknownReleaseReply } from './unknown-release.ts';
import { channelRemarks, findChannelProblem, findMilestoneProblem, findRoleProblem } from './validation.ts';

const createOptions = ({ settings }: Pick<Services, 'settings'>) => ({
  release,
  channel,
  title,
  date: createDateOption(async (typed, { guild }) => {
    const zone = timezone.schema.safeParse(typed['timezone']).data;
    return zone ?? (guild && (await settings.defaults(guild.id)))?.timeZone ?? BUILT_IN.timeZone;
  }),
  timezone,
  time,
  milestones,
  role,
  no_role: noRole,
  sentence,
  colour,
  picture,
  keep,
  live,
});
type AddOptions = OptionValues<ReturnType<typeof createOptions>>;
type AddServices = Pick<Services, 'countdowns' | 'settings' | 'progress' | 'lookUpAccess'>;

/** Returns `/countdown add`. The countdown takes effect at once; the reply tells what it will post. */
export const createAddCommand = (services: AddServices) => {
  const options = createOptions(services);
  return subcommand({
    name: 'add',
    description: 'command.countdown.add',
    options,
    run: (values, context) =>
      requireManageServer(context, (guild) => addCountdown(services, context, guild, values)),
    press: ({ release: chosen, date, type }, context) =>
      requireManageServer(context, (guild) =>
        chosen === undefined
          ? addOnDate(services, context, guild, answeredOptions(context, options, date), type)
          : addHere(services, context, guild, chosen),
      ),
  });
};

/** A button adds a countdown where it is pressed, as the command does where nothing else is given. */
const NO_CHOICE = {
  title: undefined,
  date: undefined,
  timezone: undefined,
  time: undefined,
  milestones: undefined,
  role: undefined,
  no_role: undefined,
  sentence: undefined,
  colour: undefined,
  picture: undefined,
  keep: undefined,
  live: undefined,
};

/** Adds a countdown to the release of a button, in the channel where it is pressed. */
async function addHere(
  services: AddServices,
  context: Context,
  guild: Guild,
  chosen: string,
): Promise<Reply> {
  const problem = findPressedProblem(context, chosen, 'countdown.add.already-out');
  if (problem) return ephemeralText(problem);
  const { here, channels } = context;
  if (!here) return ephemeralText(context.language.say('countdown.add.unknown-channel'));
  const placed = { ...context, channels: new Map([...channels, [here.id, here]]) };
  return addCountdown(services, placed, guild, { ...NO_CHOICE, release: chosen, channel: here.id });
}

/** Adds the countdown that was asked for, now that a button has said which date was meant. */
async function addOnDate(
  services: AddServices,
  context: Context,
  guild: Guild,
  answered: AddOptions | undefined,
  type: string | undefined,
): Promise<Reply> {
  if (!answered) return ephemeralText(context.language.say('problem.old-button'));
  const asked = await withChannel(services, context, guild, { channelId: answered.channel, type });
  return addCountdown(services, asked, guild, answered);
}

async function addCountdown(
  services: AddServices,
  context: Context,
  guild: Guild,
  options: AddOptions,
): Promise<Reply> {
  const { say } = context.language;
  const { countdowns, settings } = services;
  const defaults = { ...BUILT_IN, ...(await settings.defaults(guild.id)) };
  const read = await readTypedDate(context, options.date, options.timezone ?? defaults.timeZone);
  if (read.kind === 'problem' && !options.release) return ephemeralText(read.problem);
  const moment = read.kind === 'several' ? read.moments[0] : read.kind === 'one' ? read.moment : undefined;
  const order = createOrder(context, guild, { options, moment }, defaults);
  if (!order.ok) return ephemeralText(order.problem);
  if (read.kind === 'several') return dateQuestion(context, 'countdown/add', options, read.moments);

  // Stored for one message alone: that the countdown can no longer post.
  const contact = (await settings.sendsSilenceNotices(guild.id))
    ? { userId: context.userId, locale: context.language.locale }
    : undefined;
  const result = await countdowns.add(guild.id, order.countdown, context.now, contact);
  if (result.ok) return addedReply(services, context, guild, result.state, order.label);
  if (result.why === 'full') return ephemeralText(say('countdown.add.full', { count: MAX_COUNTDOWNS }));
  const name = countdownName(currentView(context), { ...order.countdown, id: '', createdAt: '' });
  const mention = channelMention(options.channel);
  return ephemeralText(say('countdown.add.there-already', { name, channel: mention }));
}

type Order = { ok: true; countdown: NewCountdown; label: string } | { ok: false; problem: string };

/** Returns the countdown that was asked for, or the sentence that says why there can be none. */
function createOrder(
  context: Context,
  guild: Guild,
  { options, moment }: { options: AddOptions; moment: Moment | undefined },
  defaults: Defaults,
): Order {
  const { say } = context.language;
  const subject = findSubject(context, options, moment);
  if (!subject.ok) return subject;
  if (options.role && options.no_role) return { ok: false, problem: say('countdown.add.roles') };

  const { days = defaults.milestones, minutes } = options.milestones ?? {};
  const timeZone = options.timezone ?? defaults.timeZone;
  const roleId = options.no_role ? undefined : (options.role ?? defaults.roleId);
  const problem =
    findMilestoneProblem(context, subject.fields.own, minutes) ??
    findChannelProblem(context, options.channel) ??
    findRoleProblem(context, guild, options.role, context.channels.get(options.channel)?.memberPermissions);
  if (problem) return { ok: false, problem };

  const countdown: NewCountdown = {
    ...subject.fields,
    channelId: options.channel,
    ...(isAnnouncementChannel(context.channels.get(options.channel)?.type) && { publish: true }),
    timeZone,
    time: options.time ?? defaults.time,
    milestones: days,
    ...(minutes && minutes.length > 0 && { minutesBefore: minutes }),
    ...(roleId && { roleId }),
    locale: defaults.locale ?? guild.locale,
    ...changeLook({}, lookChange(options)),
    ...upkeepFields(options),
  };
  if (!willPost(context, countdown)) return { ok: false, problem: say('countdown.add.never') };
  return { ok: true, countdown, label: subject.label };
}

type Subject =
  | { ok: true; fields: Pick<NewCountdown, 'release' | 'anniversary' | 'own'>; label: string }
  | { ok: false; problem: string };

/** Finds what the countdown counts to: a release of the facts, or the server's own title and date. */
function findSubject(
  context: Context,
  { release: typed, title: ownTitle, date: ownDate }: Pick<AddOptions, 'release' | 'title' | 'date'>,
  moment: Moment | undefined,
): Subject {
  const { say } = context.language;
  const refuse = (problem: string): Subject => ({ ok: false, problem });
  if (typed && (ownTitle || ownDate)) return refuse(say('countdown.add.either'));
  if (ownTitle && moment) {
    const own = { title: ownTitle, ...moment };
    const label = ownDateLabel(context.language, { ...own, title: quote(ownTitle) });
    return { ok: true, fields: { release: OWN, own, anniversary: false }, label };
  }
  if (ownTitle || ownDate) return refuse(say('countdown.add.half'));
  if (!typed) return refuse(say('countdown.add.what'));
  const view = currentView(context);
  const countable = findCountable(listCountables(view), typed);
  if (!countable) return refuse(unknownReleaseReply(view, typed));
  const { anniversary, label } = countable;
  return { ok: true, fields: { release: countable.release, anniversary }, label };
}

async function addedReply(
  services: Pick<Services, 'progress' | 'lookUpAccess'>,
  context: Context,
  guild: Guild,
  state: CountdownState,
  label: string,
): Promise<Reply> {
  const { say } = context.language;
  const { countdown } = state;
  const { upcoming } = await createOutlook(services, context, state);
  const notes = await findAddedRoleNotes(services, context, guild, countdown);
  const lines = upcomingLines(context, upcoming);
  const outlook = countdown.own
    ? say('countdown.added.own')
    : say(countdown.anniversary ? 'countdown.added.yearly' : 'countdown.added.follows');
  return countdownReply(
    context,
    say('countdown.added.title'),
    [
      { lines: [bold(label), ...orderLines(context, countdown)] },
      { heading: say('countdown.added.posts'), lines: lines.length > 0 ? lines : [say('countdown.waiting')] },
      { lines: [outlook, ...notes, ...channelRemarks(context, countdown)] },
    ],
    changeButtons(context, countdown.id, { added: countdown.id }),
  );
}

/** Returns what the mention of a role would lack. It comes with the command, or is the one of the settings: then Discord is asked for it. */
export async function findAddedRoleNotes(
  { lookUpAccess }: Pick<Services, 'lookUpAccess'>,
  { channels, roles, language }: Context,
  guild: Guild,
  { channelId, roleId }: Countdown,
): Promise<string[]> {
  if (!roleId) return [];
  const permissions = channels.get(channelId)?.permissions ?? 0n;
  const known = roles.has(roleId) ? roles : (await lookUpAccess(guild.id, []))?.roles;
  const bot = { server: permissions, channels: new Map([[channelId, permissions]]) };
  return known ? findRoleNotes(language, roleId, { roles: known, bot }, channelId) : [];
}
