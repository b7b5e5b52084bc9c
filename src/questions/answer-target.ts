import type { Fact, Snapshot } from '../facts/snapshot.ts';
import type { ListName } from './vocabulary-schema.ts';

/** What an answer can be: one slot, or a list with a card of its own. */
export type Target = { slot: string } | { list: ListName; of: string };

const LIST = 'list';

/**
 * Returns a target in one word: "ballerina.release.theatrical.us". A button asks for it instead of a question, which may be too
 * long for a button, and may have another answer on another day.
 */
export function addressOf(target: Target): string {
  return 'slot' in target ? target.slot.replaceAll('/', '.') : [LIST, target.list, target.of].join('.');
}

/** Returns the facts that an answer presents. */
export function slotsOfTarget(snapshot: Snapshot, target: Target): Fact[] {
  if (!('slot' in target)) return slotsOfList(snapshot, target.list, target.of);
  const fact = snapshot.get(target.slot);
  return fact ? [fact] : [];
}

/** The slots of games: what they are, their releases and projects. */
const GAMES = /^(john-wick-chronicles|john-wick-hex|saber-game)\/(what|release|project)$/;

function slotsOfList(snapshot: Snapshot, list: ListName, of: string): Fact[] {
  switch (list) {
    case 'cast':
      return snapshot.of('role', (slot) => slot.title === of);
    case 'trailers':
      return snapshot.of('trailer', (slot) => slot.title === of);
    case 'posthumous':
      return snapshot.of('appearance', (slot) => slot.person === of);
    case 'works':
      return snapshot
        .of('credit')
        .filter(({ claim }) => !('sides' in claim) && claim.people.some(({ person }) => person === of));
    case 'games':
      return snapshot.all.filter(({ slot }) => GAMES.test(slot.slot));
    case 'timeline':
      return snapshot.of('story');
    case 'release-order':
      return snapshot.of('prose', (slot) => slot.slot === 'john-wick/timeline/release-order');
    case 'coverage':
      return snapshot.all.filter(({ claim }) => claim.known === snapshot.newest);
    case 'upcoming':
      return snapshot.of('project').filter(({ claim }) => 'sides' in claim || claim.stage !== 'released');
  }
}
