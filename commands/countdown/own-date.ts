import { isKnownZone } from '../../src/countdown/local-time.ts';
import { dateInWords } from '../../src/countdown/names.ts';
import { type DateReading, type Moment, readDate } from '../../src/countdown/read-date.ts';
import { inlineCode, quote } from '../../src/discord/message/format.ts';
import type { Choice } from '../../src/discord/message/limits.ts';
import type { Option } from '../../src/interactions/command.ts';
import type { Context } from '../../src/interactions/context.ts';
import { textSchema } from '../../src/interactions/options.ts';
import { loadDateFinders } from './date-words.ts';
import { findDateProblem } from './validation.ts';

/** A typed date: the moment that it means, those that it may mean, or the sentence that refuses it. */
export type TypedDate =
  | { kind: 'one'; moment: Moment | undefined; isAllDay: boolean }
  | { kind: 'several'; moments: readonly Moment[] }
  | { kind: 'problem'; problem: string };

/** "Dec 25 all day": the date has no hour, also where it had one. */
const ALL_DAY = /[\s,]+all[\s-]?day$/i;

/**
 * Reads the date of a countdown in its time zone. A meaning that cannot be counted down to, such as an hour that has passed, is left
 * out where there is another.
 */
export async function readTypedDate(
  context: Context,
  typed: string | undefined,
  timeZone: string,
): Promise<TypedDate> {
  if (typed === undefined) return { kind: 'one', moment: undefined, isAllDay: false };
  const zone = inlineCode(timeZone);
  if (!isKnownZone(timeZone))
    return { kind: 'problem', problem: context.language.say('countdown.problem.zone', { zone }) };
  const isAllDay = ALL_DAY.test(typed);
  const reading = await read(context, typed.replace(ALL_DAY, ''), timeZone);
  if (reading.kind !== 'read') return { kind: 'problem', problem: refusal(context, typed, reading) };
  const all = isAllDay ? reading.meanings.map(({ date }) => ({ date })) : reading.meanings;
  const moments = all.filter((moment) => !findDateProblem(context, moment, timeZone));
  const [moment, ...others] = moments;
  if (moment) return others.length > 0 ? { kind: 'several', moments } : { kind: 'one', moment, isAllDay };
  const problem = findDateProblem(context, all[0], timeZone) ?? '';
  return { kind: 'problem', problem };
}

async function read({ language, now }: Context, typed: string, timeZone: string): Promise<DateReading> {
  const { locale } = language;
  const finders = await loadDateFinders(locale);
  return readDate(typed, { now: now.toZonedDateTimeISO(timeZone), locale, finders });
}

function refusal(
  { language, today }: Context,
  typed: string,
  reading: Exclude<DateReading, { kind: 'read' }>,
): string {
  if (reading.kind === 'unreadable')
    return language.say('countdown.date.unreadable', { typed: quote(typed), example: inlineCode(today) });
  const { daysInMonth } = Temporal.PlainYearMonth.from(reading.month);
  return language.say('countdown.date.no-such-day', {
    typed: quote(typed),
    month: language.date(reading.month),
    count: daysInMonth,
  });
}

/** Returns a moment as it is typed, so that it has one meaning to every reader: "2026-12-24 20:00". */
export const momentText = ({ date, time }: Moment): string => (time ? `${date} ${time}` : date);

/** Returns the option for a date of the server's own. `findZone` returns the zone in which it is read while it is typed. */
export const createDateOption = (
  findZone: (options: Readonly<Record<string, string>>, context: Context) => Promise<string>,
) =>
  ({
    type: 'string',
    description: 'countdown.option.date',
    schema: textSchema.optional(),
    maxLength: 100,
    async autocomplete(typed, options, context): Promise<Choice[]> {
      if (!typed.trim()) return [];
      const zone = await findZone(options, context);
      const read = await readTypedDate(context, typed, zone);
      if (read.kind === 'problem') return [];
      const moments = read.kind === 'several' ? read.moments : read.moment ? [read.moment] : [];
      const suffix = read.kind === 'one' && read.isAllDay ? ' all day' : '';
      return moments.map((moment) => ({
        name: dateInWords(context.language, moment),
        value: `${momentText(moment)}${suffix}`,
      }));
    },
  }) satisfies Option<string | undefined>;
