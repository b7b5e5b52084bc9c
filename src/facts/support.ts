import type { Claim, Source } from './schema.ts';
import { sourceIds } from './snapshot.ts';

/** The publisher of a page, also where it was read in a copy: "Deadline via Yahoo" is Deadline. */
const publisherOf = ({ publisher }: Source): string => publisher.split(' via ')[0] ?? publisher;

/**
 * Whether a claim has what "confirmed" with "high" needs: two publishers, or one primary source. An encyclopedia counts as
 * none.
 */
export function isWellSupported(claim: Claim, sources: Readonly<Record<string, Source>>): boolean {
  const all = sourceIds(claim).flatMap((id) => sources[id] ?? []);
  if (all.some(({ kind }) => kind === 'primary')) return true;
  const publishers = all.filter(({ kind }) => kind !== 'encyclopedia').map(publisherOf);
  return new Set(publishers).size >= 2;
}

/** Whether a claim says "confirmed", or "released", with high confidence. */
export const isFirm = ({ status, confidence }: Claim): boolean =>
  confidence === 'high' && (status === 'confirmed' || status === 'released');
