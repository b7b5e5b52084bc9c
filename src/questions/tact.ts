import type { Snapshot } from '../facts/snapshot.ts';
import type { Profile } from './answer-profile.ts';
import type { Target } from './answer-target.ts';
import type { Mention } from './parse-question.ts';

/**
 * Returns the person whom an answer is about and who has died by the day of the snapshot: their life, and what is told of them
 * rather than of a role. Such a question is only offered to those who named that person.
 */
function deceasedIn(snapshot: Snapshot, target: Target): string | undefined {
  const person = personIn(snapshot, target);
  const deaths = snapshot.of('life', (slot) => slot.event === 'died' && slot.person === person);
  return deaths.length > 0 ? person : undefined;
}

function personIn(snapshot: Snapshot, target: Target): string | undefined {
  if (!('slot' in target)) return target.list === 'posthumous' ? target.of : undefined;
  const slot = snapshot.get(target.slot)?.slot;
  if (slot?.kind === 'life' || slot?.kind === 'appearance') return slot.person;
  return slot?.kind === 'prose' ? slot.about : undefined;
}

/** Whether a question names a person. */
const namesPerson = (mentions: readonly Mention[], person: string): boolean =>
  mentions.some(({ meanings }) => meanings.includes(`person:${person}`));

/** Whether an answer may be offered beside the one that was asked for. */
export function isTactful(
  snapshot: Snapshot,
  { target }: Pick<Profile, 'target'>,
  mentions: readonly Mention[],
): boolean {
  const person = deceasedIn(snapshot, target);
  return person === undefined || namesPerson(mentions, person);
}
