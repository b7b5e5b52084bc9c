import type { REST } from '@discordjs/rest';
import { type RESTPostAPIChannelMessageJSONBody, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { View } from '../../answers/card.ts';
import { countdownName } from '../../countdown/names.ts';
import type { MessageSender } from '../../delivery/ports.ts';
import type { SilenceMessage, SilenceMessenger } from '../../delivery/silence-notices.ts';
import { utcDay } from '../../facts/dates.ts';
import type { CurrentKnowledge } from '../../knowledge/knowledge.ts';
import { quote } from '../message/format.ts';
import { clip, createEmbed, LIMITS } from '../message/limits.ts';
import { pauseLine } from '../message/pause-line.ts';
import { ACCENT, buttonRows } from '../message/reply.ts';
import type { Get } from '../rest/bot-permissions.ts';
import type { OpenDm } from '../rest/dm-channel.ts';
import { toOutcome } from '../rest/errors.ts';
import type { WithLastCheck } from '../rest/last-check.ts';

/** The services of the messenger. */
export interface SilenceMessengerOptions {
  /** The client for posts. */
  posts: REST;
  withLastCheck: WithLastCheck;
  get: Get;
  openDm: OpenDm;
  /** Finds a message by its nonce. */
  sender: Pick<MessageSender, 'find'>;
  knowledge: CurrentKnowledge;
  acquireSlot: () => Promise<void>;
}

const created = z.object({ id: z.string() });
const named = z.looseObject({ name: z.string() });

/** Creates the messenger. A person who allows no direct messages is a refusal; a full queue for opening them is a retry. */
export function createSilenceMessenger(options: SilenceMessengerOptions): SilenceMessenger {
  const { posts, withLastCheck, openDm, sender, acquireSlot } = options;
  const open = async ({ contact }: SilenceMessage) => {
    const dm = await openDm(contact.userId);
    if (dm.ok) return dm;
    return dm.why === 'closed'
      ? ({ ok: false, outcome: { kind: 'paused', reason: 'direct-closed' } } as const)
      : ({ ok: false, outcome: { kind: 'retry', why: 'no direct message opened', notSent: true } } as const);
  };

  return {
    async send(message, maySend) {
      const dm = await open(message);
      if (!dm.ok) return dm.outcome;
      const body = await createBody(options, message);
      await acquireSlot();
      try {
        const route = Routes.channelMessages(dm.channelId);
        const sent = await withLastCheck(maySend, () => posts.post(route, { body }));
        return { kind: 'posted', messageId: created.parse(sent).id };
      } catch (error) {
        return toOutcome(error);
      }
    },
    async find(message, since) {
      const dm = await open(message);
      if (!dm.ok) return dm.outcome;
      const { channelId } = dm;
      return sender.find({ countdown: { channelId }, nonce: message.nonce }, since);
    },
  };
}

async function createBody(
  { knowledge, get }: SilenceMessengerOptions,
  { guildId, contact, silent, nonce, now }: SilenceMessage,
): Promise<RESTPostAPIChannelMessageJSONBody> {
  const { facts, catalogue } = knowledge();
  const view: View = {
    facts,
    snapshot: facts.asOf(utcDay(now)),
    language: catalogue.in(contact.locale),
    spoilers: false,
  };
  const { say, list } = view.language;
  const count = silent.length;
  const server = (await findServerName(get, guildId)) ?? say('countdown.silent.a-server');
  // One cause is told once, with the countdowns that it silences.
  const byCause = Map.groupBy(silent, ({ countdown, reason }) => `${reason} ${countdown.channelId}`);
  const causes = [...byCause.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { reason, countdown } = first;
    const names = list(group.map((silenced) => countdownName(view, silenced.countdown)));
    return [{ heading: names, lines: [pauseLine(view.language, reason, countdown.channelId)] }];
  });
  const lead = say('countdown.silent.lead', { count, server });
  const embed = createEmbed({
    title: say('countdown.silent.title', { count }),
    sections: [{ lines: [say('countdown.silent.then'), say('countdown.silent.why', { count })] }, ...causes],
    footer: '',
    color: ACCENT,
    more: (left) => say('card.more-lines', { count: left }),
  });
  const stop = {
    verb: 'press' as const,
    path: 'countdown/settings',
    options: { mute: 'yes', post: nonce },
    label: say('countdown.silent.stop'),
  };
  return {
    content: clip(lead, LIMITS.content),
    embeds: [embed],
    components: buttonRows([[stop]]),
    allowed_mentions: { parse: [] },
    nonce,
    enforce_nonce: true,
  };
}

/** Asks Discord for the name, which is not stored; undefined if it does not answer. */
async function findServerName(get: Get, guildId: string): Promise<string | undefined> {
  try {
    return quote(named.parse(await get(Routes.guild(guildId))).name);
  } catch {
    return undefined;
  }
}
