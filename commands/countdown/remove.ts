import { MAX_COUNTDOWNS } from '../../src/countdown/countdown.ts';
import { countdownName } from '../../src/countdown/names.ts';
import { REMOVAL_KEPT_FOR } from '../../src/countdown/undo.ts';
import { channelMention, timestamp } from '../../src/discord/message/format.ts';
import { buttonRows, ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import { subcommand } from '../../src/interactions/command.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';
import { requireManageServer } from '../../src/interactions/require-manage-server.ts';
import type { Services } from '../services.ts';
import { changedReply, undoButton } from './change-reply.ts';
import { createCountdownOption, withCountdown } from './countdown-option.ts';

type RemoveServices = Pick<Services, 'countdowns' | 'removals' | 'progress' | 'lookUpAccess'>;

/** Returns `/countdown remove`. Its buttons undo a removal, or the adding of a countdown. */
export const createRemoveCommand = (services: RemoveServices) =>
  subcommand({
    name: 'remove',
    description: 'command.countdown.remove',
    options: { countdown: createCountdownOption(services) },
    run: ({ countdown: typed }, context) =>
      requireManageServer(context, (guild) =>
        withCountdown(services, context, typed, ({ countdown, name }) =>
          removeCountdown(services, context, guild, { id: countdown.id, name }),
        ),
      ),
    press: ({ added, removed }, context) =>
      requireManageServer(context, async (guild) => {
        if (added) return undoAdded(services, context, guild, added);
        if (removed) return undoRemoval(services, context, guild, removed);
        return ephemeralText(context.language.say('problem.old-button'));
      }),
  });

async function removeCountdown(
  { removals }: RemoveServices,
  context: Context,
  guild: Guild,
  { id, name }: { id: string; name: string },
): Promise<Reply> {
  const { language, now } = context;
  if (!(await removals.remove(guild.id, id, now))) return ephemeralText(language.say('countdown.gone'));
  const until = timestamp(now.add(REMOVAL_KEPT_FOR));
  return {
    ...ephemeralText(language.say('countdown.remove.done', { name, until })),
    components: buttonRows([[undoButton(context, { removed: id })]]),
  };
}

/** Removes a countdown that was just added, unless it has been changed since. */
async function undoAdded(
  services: RemoveServices,
  context: Context,
  guild: Guild,
  id: string,
): Promise<Reply> {
  const { say } = context.language;
  const state = await services.countdowns.get(guild.id, id);
  if (!state) return ephemeralText(say('countdown.gone'));
  if (await services.removals.lastChange(guild.id, id)) return ephemeralText(say('countdown.undo.changed'));
  const name = countdownName(currentView(context), state.countdown);
  return removeCountdown(services, context, guild, { id, name });
}

async function undoRemoval(
  services: RemoveServices,
  context: Context,
  guild: Guild,
  id: string,
): Promise<Reply> {
  const { say } = context.language;
  const result = await services.removals.restore(guild.id, id, context.now);
  if (result.ok) {
    const { state } = result;
    const access = await services.lookUpAccess(guild.id, [state.countdown.channelId]);
    const undo = { added: id };
    return changedReply(services, context, { title: 'countdown.restored.title', state, undo, access });
  }
  switch (result.why) {
    case 'full':
      return ephemeralText(say('countdown.restore.full', { count: MAX_COUNTDOWNS }));
    case 'there-already':
      return ephemeralText(
        say('countdown.edit.same', { channel: channelMention(result.countdown.channelId) }),
      );
    case 'back':
      return ephemeralText(say('countdown.restore.back'));
    case 'late':
      return ephemeralText(say('countdown.restore.late'));
  }
}
