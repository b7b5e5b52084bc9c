import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { View } from '../../answers/card.ts';
import type { Countdown } from '../../countdown/countdown.ts';
import type { UpcomingPost } from '../../countdown/forecast.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import { toOutcome } from '../rest/errors.ts';
import { testBody } from './countdown-message.ts';

/** Posts the next post of a countdown, marked as a test. If there is none, the message says so. */
export type SendTestPost = (
  view: View,
  countdown: Countdown,
  upcoming: UpcomingPost | undefined,
) => Promise<Outcome>;

const created = z.object({ id: z.string() });

/** Creates a sender of test posts. They bypass the ledger, so they do not change what the countdown posts. */
export function createTestSender(rest: REST, acquireSlot: () => Promise<void>): SendTestPost {
  return async (view, countdown, upcoming) => {
    const body = testBody(view, countdown, upcoming);
    await acquireSlot();
    try {
      const message = await rest.post(Routes.channelMessages(countdown.channelId), { body });
      return { kind: 'posted', messageId: created.parse(message).id };
    } catch (error) {
      return toOutcome(error);
    }
  };
}
