/** The words that claims are sorted by. Each has its name for people in the message catalogues. */

/** The answers that a claim can belong to. */
export const TOPICS = [
  'overview',
  'release',
  'cast',
  'director',
  'writers',
  'producers',
  'plot',
  'setting',
  'keanu',
  'reddick',
  'trailer',
  'streaming',
  'sequel',
  'timeline',
  'film',
  'upcoming',
] as const;
export const JOBS = [
  'director',
  'writer',
  'characters',
  'producer',
  'executive-producer',
  'music',
  'cinematography',
  'editing',
  'star',
  'voice',
  'game-director',
] as const;
export const MEDIA = ['theatrical', 'premiere', 'digital', 'disc', 'streaming', 'release'] as const;
export const MEASURES = [
  'runtime',
  'part-runtime',
  'parts',
  'budget',
  'gross',
  'opening-domestic',
  'opening-elsewhere',
  'opening-world',
  'cinemas',
  'critics',
  'audience',
] as const;
export const UNITS = ['minutes', 'usd', 'percent', 'count'] as const;
export const STAGES = [
  'reported',
  'announced',
  'in-development',
  'dated',
  'released',
  'never-announced',
] as const;

export type Topic = (typeof TOPICS)[number];
export type Job = (typeof JOBS)[number];
