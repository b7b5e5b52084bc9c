import type { View } from '../../src/answers/card.ts';
import { listCountables } from '../../src/countdown/countable-releases.ts';
import { quote } from '../../src/discord/message/reply.ts';
import { search } from '../../src/lib/search.ts';

/** Says that nothing to count down to is called so, and what is called nearly so. */
export function unknownReleaseReply(view: View, typed: string): string {
  const { say, list } = view.language;
  const near = search(listCountables(view), typed)
    .slice(0, 3)
    .map((one) => one.label);
  const hint = near.length > 0 ? say('countdown.add.near', { names: list(near) }) : say('countdown.add.pick');
  return `${say('countdown.add.unknown-release', { typed: quote(typed) })} ${hint}`;
}
