import type { View } from '../../src/answers/card.ts';
import { listCountables } from '../../src/countdown/countable-releases.ts';
import { quote } from '../../src/discord/message/format.ts';
import { search } from '../../src/lib/search.ts';

/** Returns the refusal of a release that is not known, with up to three that have nearly that name. */
export function unknownReleaseReply(view: View, typed: string): string {
  const { say, list } = view.language;
  const labels = search(listCountables(view), typed)
    .slice(0, 3)
    .map(({ label }) => label);
  const hint =
    labels.length > 0 ? say('countdown.add.near', { names: list(labels) }) : say('countdown.add.pick');
  return `${say('countdown.add.unknown-release', { typed: quote(typed) })} ${hint}`;
}
