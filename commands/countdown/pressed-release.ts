import { listCountables, releaseName } from '../../src/countdown/countable-releases.ts';
import type { Context } from '../../src/interactions/context.ts';
import { currentView } from '../../src/interactions/fact-subcommand.ts';

/**
 * Returns why the release of a button can no longer be waited for; undefined where it can. A post keeps its button for years: what
 * was ahead then may be out now.
 */
export function findPressedProblem(
  context: Context,
  chosen: string,
  alreadyOut: 'remind.already-out' | 'countdown.add.already-out',
): string | undefined {
  const { say } = context.language;
  const view = currentView(context);
  if (listCountables(view).some(({ value }) => value === chosen)) return undefined;
  const known = view.snapshot.get(chosen);
  return known?.kind === 'release' && known.claim.status === 'released'
    ? say(alreadyOut, { name: releaseName(view, known) })
    : say('problem.old-button');
}
