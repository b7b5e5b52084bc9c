import type { View } from '../answers/card.ts';
import type { Countdown } from '../countdown/countdown.ts';
import { releaseName } from '../countdown/releases.ts';
import { type Occurrence, type Plan, planOf } from '../countdown/schedule.ts';
import { targetOf } from '../countdown/target.ts';
import type { Standing } from '../delivery/countdowns.ts';
import type { Language } from '../text/language.ts';
import type { Context } from './command.ts';
import { embedOf, type Section } from './limits.ts';
import { ACCENT, privately, type Reply } from './reply.ts';

/** An instant in the reader's own zone and words, and how far off it is. Docs: "Reference", message formatting. */
export function timestamp(instant: Temporal.Instant): string {
  const seconds = Math.floor(instant.epochMilliseconds / 1000);
  return `<t:${seconds}:F> (<t:${seconds}:R>)`;
}

/** What a countdown would do now, and when it does something next. */
export function planFor({ facts, now, today }: Context, { countdown, progress }: Standing): Plan {
  return planOf(countdown, progress, targetOf(facts, countdown.release, today), now);
}

/** "Ballerina (Cinemas, United States)", or the slot's id where today's facts no longer have it. */
export function nameOf(view: View, countdown: Countdown): string {
  const known = view.world.get(countdown.release);
  const name = known?.kind === 'release' ? releaseName(view, known) : countdown.release;
  return countdown.anniversary ? view.language.say('countdown.anniversary-of', { name }) : name;
}

/** The list and the choices number the countdowns alike, so that two of one release can be told apart. */
export function numbered({ say }: Language, at: number, name: string): string {
  return say('countdown.numbered', { number: at + 1, name });
}

/** What will come and when, each post with its instant. */
export function upcomingLines({ language: { say } }: Context, { upcoming }: Plan): string[] {
  return upcoming.map((one) =>
    say('countdown.post-line', { what: occurrenceName(say, one), when: timestamp(one.due) }),
  );
}

function occurrenceName(say: Context['language']['say'], { kind, daysBefore }: Occurrence): string {
  if (kind === 'moved' || kind === 'dated') return say('countdown.notice');
  return say('countdown.milestone', { days: daysBefore });
}

/** A private answer of the countdown commands. */
export function countdownReply({ language }: Context, title: string, sections: Section[]): Reply {
  const embed = embedOf({
    title,
    sections: sections.filter(({ lines }) => lines.length > 0),
    footer: '',
    color: ACCENT,
    more: (count) => language.say('card.more-lines', { count }),
  });
  return privately({ embeds: [embed], allowed_mentions: { parse: [] } });
}

/** One countdown in the list: what, where, and its next post, or why it is silent and what to do. */
export function standingLines(context: Context, view: View, standing: Standing): string[] {
  const { say } = context.language;
  const { countdown, progress } = standing;
  const where = say('countdown.where', {
    channel: `<#${countdown.channelId}>`,
    time: countdown.time,
    zone: countdown.timeZone,
    milestones: countdown.milestones.join(', '),
  });
  const role = countdown.roleId ? [say('countdown.role-line', { role: `<@&${countdown.roleId}>` })] : [];
  const unsure = progress.unsure
    ? [say('countdown.unsure', { when: timestamp(Temporal.Instant.from(progress.unsure)) })]
    : [];
  return [where, ...role, nextLine(context, view, standing, progress.paused), ...unsure];
}

/** One countdown of a long list, in one line. */
export function standingLine(context: Context, view: View, standing: Standing, at: number): string {
  const { countdown, progress } = standing;
  const next = nextLine(context, view, standing, progress.paused);
  return `**${numbered(context.language, at, nameOf(view, countdown))}** <#${countdown.channelId}> · ${next}`;
}

function nextLine(
  context: Context,
  view: View,
  standing: Standing,
  paused: Standing['progress']['paused'],
): string {
  const { say } = context.language;
  const plan = planFor(context, standing);
  if (paused && !isFinished(view, standing, plan)) {
    return say(`countdown.paused.${paused}`, { channel: `<#${standing.countdown.channelId}>` });
  }
  const next = plan.post ?? plan.upcoming[0];
  if (next) {
    return say('countdown.next', { what: occurrenceName(say, next), when: timestamp(next.due) });
  }
  const known = view.world.get(standing.countdown.release);
  if (known?.kind !== 'release') return say('countdown.release-gone');
  return say(isFinished(view, standing, plan) ? 'countdown.finished' : 'countdown.waiting');
}

/** Whether nothing more can come: the date is known and all is settled. */
function isFinished(view: View, { countdown }: Standing, plan: Plan): boolean {
  const known = view.world.get(countdown.release);
  if (plan.post || plan.upcoming.length > 0 || known?.kind !== 'release') return false;
  const { status } = known.claim;
  return status !== 'undated' && status !== 'dropped' && !isVague(known.claim);
}

/** A date that is only a month or a year cannot be counted to yet. */
function isVague(claim: { date?: string }): boolean {
  return claim.date !== undefined && claim.date.length < 10;
}
