import type { Countdown } from '../src/countdown/countdown.ts';
import type { CountdownEdit } from '../src/countdown/edits.ts';
import type { NewCountdown } from '../src/delivery/countdown-repository.ts';
import type { Random } from './random.ts';
import { dayOf, type Release } from './releases.ts';

const DAY_MS = 86_400_000;
/** Zones with and without summer time, and at both ends of the day. */
const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];
const TIMES = ['00:00', '02:30', '09:00', '18:45', '23:59'];
const MILESTONES = [[7, 1, 0], [30, 7, 0], [1, 0], [0], [14, 3]];
const MINUTES = [[60], [1_440, 30], [5]];

/** Where a countdown may post. */
export interface Place {
  guildId: string;
  channelIds: readonly string[];
  roleId: string;
}

/** Draws a countdown as somebody orders it at an instant. */
export function drawOrder(
  random: Random,
  place: Place,
  releases: readonly Release[],
  nowMs: number,
): NewCountdown {
  const isOwn = random.chance(0.25);
  const hasHour = isOwn && random.chance(0.6);
  const minutesBefore = hasHour && random.chance(0.6) ? random.pick(MINUTES) : undefined;
  const date = dayOf(nowMs + random.between(1, 60) * DAY_MS);
  const title = `Party ${random.between(1, 1_000_000)}`;
  return {
    channelId: random.pick(place.channelIds),
    release: isOwn ? 'own' : random.pick(releases).id,
    anniversary: false,
    ...(isOwn && { own: { title, date, ...(hasHour && { time: random.pick(TIMES) }) } }),
    timeZone: random.pick(ZONES),
    time: random.pick(TIMES),
    milestones: random.pick(MILESTONES),
    ...(minutesBefore && { minutesBefore }),
    ...(random.chance(0.2) && { roleId: place.roleId }),
    ...(random.chance(0.2) && { publish: true }),
    locale: 'en-US',
  };
}

/** Draws a change of a countdown. */
export function drawEdit(random: Random, place: Place, { own }: Countdown, nowMs: number): CountdownEdit {
  const date = dayOf(nowMs + random.between(1, 60) * DAY_MS);
  const edits: CountdownEdit[] = [
    { channel: { id: random.pick(place.channelIds), publish: false } },
    { time: random.pick(TIMES) },
    { timeZone: random.pick(ZONES) },
    { milestones: random.pick(MILESTONES) },
    ...(own
      ? [{ date, ...(random.chance(0.7) && { movedOn: dayOf(nowMs) }) }, { title: `${own.title}!` }]
      : []),
  ];
  return random.pick(edits);
}
