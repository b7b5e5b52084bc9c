import { undoChange } from '../../src/countdown/undo.ts';
import { channelMention } from '../../src/discord/message/format.ts';
import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Context, Guild } from '../../src/interactions/context.ts';
import type { Services } from '../services.ts';
import { changedReply } from './change-reply.ts';

type UndoServices = Pick<Services, 'countdowns' | 'removals' | 'progress' | 'lookUpAccess'>;

/** Puts a countdown back as it was before a change, unless it has changed since. */
export async function undoLastChange(
  services: UndoServices,
  context: Context,
  guild: Guild,
  { id, change }: { id: string; change: string },
): Promise<Reply> {
  const { countdowns, removals } = services;
  const { language, now, today } = context;
  const { say } = language;
  const state = await countdowns.get(guild.id, id);
  const last = await removals.lastChange(guild.id, id);
  if (!state) return ephemeralText(say('countdown.gone'));
  if (last?.change !== change) return ephemeralText(say('countdown.undo.changed'));
  const { before } = last;
  const access = await services.lookUpAccess(guild.id, [before.channelId]);
  const result = await countdowns.change(
    guild.id,
    id,
    (current) => undoChange(current.countdown, current.progress, before, { now, today }),
    now,
    change,
  );
  if (result.ok) {
    return changedReply(services, context, {
      title: 'countdown.undo.title',
      state: result.state,
      before: state.countdown,
      undo: { countdown: id, change: result.change },
      access,
    });
  }
  if (result.why === 'there-already')
    return ephemeralText(say('countdown.edit.same', { channel: channelMention(before.channelId) }));
  return ephemeralText(say(result.why === 'gone' ? 'countdown.gone' : 'countdown.undo.changed'));
}
