import type { Countdown } from '../src/countdown/countdown.ts';
import type { Message } from './discord.ts';
import type { SimHistory, Version } from './history.ts';
import { dateAt, type Release } from './releases.ts';
import { inWords, localMs, owedFor, USEFUL_MS } from './rules.ts';

/** The bot's clock may be wrong by this much before it is noticed. */
const CLOCK_MS = 121_000;
/** A post may be on its way for this long: a late request, and a short wait for a limit. */
const ON_ITS_WAY_MS = 180_000;

/** What every post must keep to, at the moment at which Discord gets it. Returns what it breaks. */
export function checkPost(
  history: SimHistory,
  releases: readonly Release[],
  key: string | undefined,
  message: Message,
): string[] {
  if (key === undefined) return [`message ${message.id} was sent before "sending" was in the ledger`];
  const known = history.postsOf.get(key) ?? [];
  const problems = known.length > 0 ? [`posted twice: ${key}`] : [];
  const versions = history.versions.get(key.slice(0, key.indexOf('/'))) ?? [];
  const { atMs } = message;
  const recent = versions.filter(({ fromMs, toMs }) => fromMs <= atMs && toMs >= atMs - ON_ITS_WAY_MS);
  const allowed = recent.filter(({ countdown }) => !countdown.pausedAt);
  if (allowed.length === 0) return [...problems, `posted for a countdown that is paused or removed: ${key}`];
  if (!allowed.some(({ countdown }) => countdown.channelId === message.channelId))
    problems.push(`posted in another channel: ${key}`);
  const kind = key.split('/')[1];
  const told = dateOf(key);
  if (!allowed.some(({ countdown }) => isKnown(releases, countdown, told, atMs)))
    problems.push(`posted about ${told}, which was not known: ${key}`);
  if (!allowed.some(({ countdown }) => message.content.includes(dateShown(countdown, told.slice(0, 10)))))
    problems.push(`does not name ${told}: “${message.content}”`);
  if (kind === 'milestone') problems.push(...checkTime(history, versions, key, message));
  return problems;
}

/** How a post names the date: in words; a date with an hour as a time stamp of Discord's. */
function dateShown({ own, timeZone }: Countdown, day: string): string {
  return own?.time === undefined ? inWords(day) : `<t:${localMs(day, own.time, timeZone) / 1_000}:`;
}

/** The date that a key counts to: its fourth part. */
const dateOf = (key: string) => key.split('/')[3] ?? '';

function isKnown(
  releases: readonly Release[],
  { own, release }: Countdown,
  told: string,
  atMs: number,
): boolean {
  if (own)
    return told === (own.time === undefined ? own.date : `${own.date}T${own.time}`) || told === own.date;
  const found = releases.find(({ id }) => id === release);
  if (!found) return false;
  return [atMs - ON_ITS_WAY_MS, atMs, atMs + CLOCK_MS].some((ms) => dateAt(found, ms)?.date === told);
}

/** A milestone is posted when it is due by some version of the countdown, and while it is useful. */
function checkTime(
  { clock }: SimHistory,
  versions: readonly Version[],
  key: string,
  { atMs }: Message,
): string[] {
  const day = dateOf(key).slice(0, 10);
  const owed = versions
    .filter(({ fromMs }) => fromMs <= atMs)
    .flatMap(({ countdown }) => owedFor(countdown, day).filter((one) => one.key === key));
  if (owed.length === 0) return [`nobody asked for it: ${key}`];
  const wasWrong = clock.some(({ fromMs, aheadMs }, index) => {
    const endMs = clock[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    return aheadMs !== 0 && fromMs <= atMs && endMs >= atMs - ON_ITS_WAY_MS;
  });
  const tolerance = wasWrong ? CLOCK_MS : 0;
  const earliest = Math.min(...owed.map(({ dueMs }) => dueMs));
  const latest = Math.max(...owed.map(({ dueMs }) => dueMs)) + USEFUL_MS + ON_ITS_WAY_MS + tolerance;
  if (atMs < earliest - tolerance)
    return [`posted ${Math.round((earliest - atMs) / 1_000)} s before its time: ${key}`];
  return atMs > latest ? [`posted too late: ${key}`] : [];
}
