import { ChannelType } from 'discord-api-types/v10';
import { addThread, setBotInThread, updateThread } from '../world/threads.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import { requireChannelByName } from './find-by-name.ts';
import type { ParsedWorldChange } from './world-change.ts';

/** Adds and changes threads. Throws a ControlError for what cannot be changed. */
export function changeThreads(
  world: World,
  { addThread: added, changeThread: changed }: ParsedWorldChange,
): void {
  if (added) {
    const { name, kind, bot: hasBot } = added;
    const place = requireChannelByName(world, added);
    if (kind === 'private' && place.channel.type !== ChannelType.GuildText)
      throw new ControlError(`Only a text channel has private threads, and ${place.channel.name} is none.`);
    addThread(world, place, { name, kind, hasBot });
  }
  if (changed) {
    const { archived, locked, bot } = changed;
    const place = requireChannelByName(world, changed);
    if (!place.channel.thread) throw new ControlError(`${place.channel.name} is not a thread.`);
    if (archived !== undefined || locked !== undefined) updateThread(world, place, { archived, locked });
    if (bot !== undefined) setBotInThread(world, place, bot);
  }
}
