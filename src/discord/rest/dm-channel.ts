import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { toOutcome } from './errors.ts';

/** The channel of the direct messages with a person; or that there is none, for good or just now. */
export type OpenDmResult = { ok: true; channelId: string } | { ok: false; why: 'closed' | 'later' };

/** Opens the direct messages with a person, or finds them open. */
export type OpenDm = (userId: string) => Promise<OpenDmResult>;

const channel = z.object({ id: z.string() });

/** `noteRefusal` hears of each time that Discord refuses: it counts such requests. */
export function createDmOpener(rest: REST, noteRefusal: () => void): OpenDm {
  return async (userId) => {
    try {
      const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return { ok: true, channelId: channel.parse(opened).id };
    } catch (error) {
      if (toOutcome(error).kind !== 'paused') return { ok: false, why: 'later' };
      noteRefusal();
      return { ok: false, why: 'closed' };
    }
  };
}
