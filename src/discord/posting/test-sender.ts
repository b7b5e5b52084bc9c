import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Countdown } from '../../countdown/countdown.ts';
import type { UpcomingPost } from '../../countdown/forecast.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import { utcDay } from '../../facts/dates.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { toOutcome } from '../rest/errors.ts';
import { testBody } from './countdown-message.ts';

/** Posts what a countdown will post next, marked as a test; without a next post it posts the mark alone. */
export type SendTestPost = (
  countdown: Countdown,
  coming: UpcomingPost | undefined,
  now: Temporal.Instant,
) => Promise<Outcome>;

const created = z.object({ id: z.string() });

/** Tests go past the ledger: what a countdown has posted, and owes, is not touched by them. */
export function createTestSender(
  rest: REST,
  facts: Facts,
  catalogue: Catalogue,
  pace: () => Promise<void>,
): SendTestPost {
  return async (countdown, coming, now) => {
    const language = catalogue.in(countdown.locale);
    const view = { facts, snapshot: facts.asOf(utcDay(now)), language, spoilers: false };
    const body = testBody(view, countdown, coming);
    await pace();
    try {
      const message = await rest.post(Routes.channelMessages(countdown.channelId), { body });
      return { kind: 'posted', messageId: created.parse(message).id };
    } catch (error) {
      return toOutcome(error);
    }
  };
}
