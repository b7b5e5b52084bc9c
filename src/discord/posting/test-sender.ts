import type { REST } from '@discordjs/rest';
import { z } from 'zod';
import type { View } from '../../answers/card.ts';
import type { Countdown } from '../../countdown/countdown.ts';
import type { UpcomingPost } from '../../countdown/forecast.ts';
import type { DrawPicture } from '../../countdown/picture.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import { toOutcome } from '../rest/errors.ts';
import { createTest, drawFile } from './countdown-message.ts';
import { type FileRefusals, postMessage } from './post-request.ts';

/** Posts the next post of a countdown, marked as a test. If there is none, the message says so. */
export type SendTestPost = (
  view: View,
  countdown: Countdown,
  upcoming: UpcomingPost | undefined,
  options: { hasPicture: boolean; now: Temporal.Instant },
) => Promise<Outcome>;

const created = z.object({ id: z.string() });

/** What a sender works with. */
export interface TestSenderOptions {
  rest: REST;
  acquireSlot: () => Promise<void>;
  draw: DrawPicture;
  refusals: FileRefusals;
}

/** Creates a sender of test posts. They bypass the ledger, so they do not change what the countdown posts. */
export function createTestSender({ rest, acquireSlot, draw, refusals }: TestSenderOptions): SendTestPost {
  return async (view, countdown, upcoming, { hasPicture, now }) => {
    const { channelId } = countdown;
    const { body, picture } = createTest(view, countdown, upcoming);
    const file = hasPicture && picture ? await drawFile(draw, picture) : undefined;
    await acquireSlot();
    try {
      const services = { rest, refusals, acquireSlot, run: (request: () => Promise<unknown>) => request() };
      const message = await postMessage(services, { channelId, body, file, now });
      return { kind: 'posted', messageId: created.parse(message).id };
    } catch (error) {
      return toOutcome(error);
    }
  };
}
