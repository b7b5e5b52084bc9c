import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import { failed } from './errors.ts';

/** The channel of the direct messages with a person; or that there is none, for good or just now. */
export type Opened = { ok: true; channelId: string } | { ok: false; why: 'closed' | 'later' };

/** Opens the direct messages with a person, or finds them open. */
export type OpenDirect = (userId: string) => Promise<Opened>;

const channel = z.object({ id: z.string() });

/** `noteRefusal` hears of each time that Discord refuses: it counts such requests. */
export function directsOver(rest: REST, noteRefusal: () => void): OpenDirect {
  return async (userId) => {
    try {
      const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return { ok: true, channelId: channel.parse(opened).id };
    } catch (error) {
      if (failed(error).kind !== 'paused') return { ok: false, why: 'later' };
      noteRefusal();
      return { ok: false, why: 'closed' };
    }
  };
}
