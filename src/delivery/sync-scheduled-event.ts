import type { Logger } from 'pino';
import type { View } from '../answers/card.ts';
import { releaseLabel, titleName } from '../answers/names.ts';
import {
  afterRefusal,
  afterSuccess,
  type EventRefusal,
  type EventStep,
  eventStep,
  hoursOf,
  type MadeEvent,
  type ScheduledEvent,
} from '../countdown/scheduled-event.ts';
import { dayOf, targetOf } from '../countdown/target.ts';
import { type Day, utcDay } from '../facts/dates.ts';
import type { CurrentKnowledge, Knowledge } from '../knowledge/knowledge.ts';
import type { Clock } from '../lib/clock.ts';
import type { DueEntry, DueSchedule } from '../store/due-queue.ts';
import type { EventRepository } from './event-repository.ts';
import type { EventResponse, EventText, ScheduledEventApi } from './scheduled-event-api.ts';

/** The services of the event sync. */
export interface EventSyncOptions {
  knowledge: CurrentKnowledge;
  clock: Clock;
  queue: DueSchedule;
  events: EventRepository;
  api: ScheduledEventApi;
  log: Logger;
  /** Called when Discord rejects the token. */
  onTokenRejected: () => void;
}

/** The delay before a step that failed for a transient reason is retried. */
const RETRY_DELAY = Temporal.Duration.from({ minutes: 5 });

/** Changes the stored event after a step; null deletes it. */
type Alter = (event: ScheduledEvent) => ScheduledEvent | null;
type Failed = Extract<EventResponse<never>, { ok: false }>;
type StepResult = Alter | Failed;

const isFailed = (result: StepResult): result is Failed => typeof result !== 'function';
const unchanged: Alter = (event) => event;

/** One step for an event, and its inputs. */
interface Step {
  ownerId: string;
  event: ScheduledEvent;
  knowledge: Knowledge;
  step: EventStep;
  text: EventText;
  day: Day;
  now: Temporal.Instant;
}

/**
 * Creates the event sync: a function that updates a scheduled event to the current facts. Each step is stored before the next, so
 * that a crash anywhere is safe. An event that may have been created but not stored is searched for first.
 */
export function createEventSync(options: EventSyncOptions): (entry: DueEntry) => Promise<void> {
  const { knowledge, clock, events } = options;

  return async ({ entryId: id, ownerId }) => {
    const current = knowledge();
    for (;;) {
      const event = await events.get(ownerId, id);
      if (!event) return events.deleteEntry(ownerId, id);
      const isFinished = await takeStep(options, nextStep(ownerId, event, current, clock.now()));
      if (isFinished) return;
    }
  };
}

function nextStep(ownerId: string, event: ScheduledEvent, knowledge: Knowledge, now: Temporal.Instant): Step {
  const { facts, catalogue } = knowledge;
  const today = utcDay(now);
  const language = catalogue.in(event.locale);
  const view = { facts, snapshot: facts.asOf(today), language, spoilers: false };
  const target = targetOf(facts, event, today);
  const text = textOf(view, event);
  const step = eventStep(event, target, text.name, now);
  return { ownerId, event, knowledge, step, text, day: dayOf(target) ?? '', now };
}

/** Takes the next step. Returns true if nothing more is to be done now. */
async function takeStep(options: EventSyncOptions, step: Step): Promise<boolean> {
  const { events, api, log } = options;
  const { ownerId, event, now } = step;
  const action = step.step.do;
  if (action === 'nothing') {
    await saveIdle(options, step);
    return true;
  }
  const result: StepResult = action === 'forget' ? () => null : await ACTIONS[action](api, step);
  const about = { guild: ownerId, release: event.release, step: action };
  if (isFailed(result)) {
    log.warn({ ...about, why: result.why }, 'scheduled event could not be updated');
    return saveFailure(options, step, result);
  }
  log.info(about, 'scheduled event updated');
  const accepted: Alter = (stored) => {
    const altered = result(stored);
    return altered && afterSuccess(altered);
  };
  const isStored = await events.saveResult(ownerId, event, accepted, nextCheck(step, now));
  if (!isStored) await undo(api, ownerId, result(event)?.made, event);
  return false;
}

const nextCheck = ({ knowledge, event }: Step, at: Temporal.Instant | null) => ({
  at,
  fingerprint: knowledge.facts.fingerprint(event.release),
});

async function saveIdle({ knowledge, events, queue }: EventSyncOptions, step: Step): Promise<void> {
  const { ownerId, event, now } = step;
  await events.saveResult(ownerId, event, unchanged, nextCheck(step, step.step.next));
  // If facts were reloaded meanwhile, this entry was computed from the previous ones.
  const { facts } = knowledge();
  const { release } = event;
  if (facts !== step.knowledge.facts) await queue.refresh(release, facts.fingerprint(release), now);
}

async function saveFailure(options: EventSyncOptions, step: Step, { why }: Failed): Promise<boolean> {
  const { events, onTokenRejected } = options;
  const { ownerId, event, now } = step;
  if (why === 'refused') {
    onTokenRejected();
    return true;
  }
  if (why === 'later') {
    await events.saveResult(ownerId, event, unchanged, nextCheck(step, now.add(RETRY_DELAY)));
    return true;
  }
  await events.saveResult(ownerId, event, (stored) => refusedBy(stored, why, step), nextCheck(step, now));
  return false;
}

/** Deletes the event again: the owner's data was erased while it was being created. */
async function undo(
  api: ScheduledEventApi,
  ownerId: string,
  made: MadeEvent | undefined,
  before: ScheduledEvent,
): Promise<void> {
  if (made && made.id !== before.made?.id) await api.remove(ownerId, made.id);
}

/** Returns the event after a refusal. One that cannot be deleted is given up; one that someone deleted is not created again. */
function refusedBy(
  event: ScheduledEvent,
  why: EventRefusal | 'gone',
  { day, now }: Pick<Step, 'day' | 'now'>,
): ScheduledEvent | null {
  if (event.removed) return null;
  return why === 'gone' ? { ...afterSuccess(event), left: 'deleted' } : afterRefusal(event, why, day, now);
}

type Action = (api: ScheduledEventApi, step: Step) => Promise<StepResult>;
const ACTIONS = { make, move, withdraw } satisfies Record<string, Action>;

async function make(api: ScheduledEventApi, { ownerId, event, text, day, now }: Step): Promise<StepResult> {
  const { timeZone } = event;
  const found = await api.find(ownerId, text);
  if (!found.ok) return found;
  if (found.value) {
    const { id, start } = found.value;
    const startDay = start.toZonedDateTimeISO(timeZone).toPlainDate().toString();
    return withMade({ id, day: startDay, start, name: text.name });
  }
  const hours = hoursOf(event, day, now);
  const made = await api.make(ownerId, text, hours);
  if (!made.ok) return made;
  return withMade({ id: made.value, day, start: hours.start, name: text.name });
}

/** Returns a change that stores the event as it is in Discord. */
function withMade({ start, ...rest }: Omit<MadeEvent, 'start'> & { start: Temporal.Instant }): Alter {
  const made = { ...rest, start: start.toString() };
  return (event) => ({ ...event, made });
}

async function move(api: ScheduledEventApi, { ownerId, event, text, day, now }: Step): Promise<StepResult> {
  const { made } = event;
  if (!made) return unchanged;
  const begun = await api.isBegun(ownerId, made.id);
  if (!begun.ok) return begun;
  if (begun.value) return (stored) => ({ ...stored, left: 'begun' });
  const hours = hoursOf(event, day, now);
  // A name given by a person is kept, unless the name in the facts has changed.
  const moved = await api.move(ownerId, made.id, hours, made.name === text.name ? undefined : text);
  if (!moved.ok) return moved;
  return withMade({ id: made.id, day, start: hours.start, name: text.name });
}

async function withdraw(api: ScheduledEventApi, { ownerId, event, text }: Step): Promise<StepResult> {
  let id = event.made?.id;
  if (!id) {
    const found = await api.find(ownerId, text);
    if (!found.ok) return found;
    id = found.value?.id;
  }
  if (id && !event.removed) {
    const begun = await api.isBegun(ownerId, id);
    if (!begun.ok) return begun;
    if (begun.value) return (stored) => ({ ...stored, left: 'begun' });
  }
  const gone = id ? await api.remove(ownerId, id) : undefined;
  if (gone && !gone.ok && gone.why !== 'gone') return gone;
  // It may have been ordered again meanwhile: then it is created again.
  return ({ made: _, ...stored }) => (stored.removed ? null : stored);
}

/** Returns the text of the event in the server's language. */
function textOf(view: View, { release, own }: ScheduledEvent): EventText {
  const known = view.snapshot.get(release);
  const { say } = view.language;
  if (own) return { name: own.title, location: say('event.own-place'), description: '' };
  if (known?.kind !== 'release') return { name: release, location: release, description: '' };
  const title = titleName(view, known.slot.title, 'full');
  const location = releaseLabel(view, known.slot);
  return { name: title, location, description: say('event.description', { title, place: location }) };
}
