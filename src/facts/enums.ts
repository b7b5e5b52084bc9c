/** The words that claims are sorted by. Each has its name for people in the message catalogues. */

/** The answers that have a command of their own. */
export const COMMAND_TOPICS = [
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
/** The answers that a claim can belong to. */
export const TOPICS = [
  ...COMMAND_TOPICS,
  'ending',
  'lore',
  'filming',
  'training',
  'music',
  'awards',
  'reception',
] as const;
/** What a credit can be for. */
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
  'stunts',
  'production-design',
  'art',
  'designer',
] as const;
/** How a title can be released. */
export const MEDIA = ['theatrical', 'premiere', 'digital', 'disc', 'streaming', 'release'] as const;
/** What can be counted or measured about a title. */
export const MEASURES = [
  'runtime',
  'part-runtime',
  'parts',
  'budget',
  'gross',
  'gross-domestic',
  'previews',
  'opening-domestic',
  'opening-elsewhere',
  'opening-world',
  'cinemas',
  'critics',
  'audience',
  'metacritic',
  'kills',
  'first-cut',
  'main-unit',
] as const;
/** The units of measures. */
export const UNITS = ['minutes', 'usd', 'percent', 'count', 'days', 'of-100'] as const;
/** What a company can do for a title. */
export const COMPANY_ROLES = ['studio', 'distributor', 'network', 'developer', 'publisher'] as const;
/** Who rates titles: for an age, or as an audience. */
export const BOARDS = ['MPA', 'BBFC', 'CinemaScore', 'FSK', 'ACB', 'KMRB', 'IMDA', 'CBFC'] as const;
/** Why a claim replaces the one before it. */
export const CHANGES = ['moved', 'refined', 'corrected', 'retracted'] as const;
/** How far a project has come. */
export const STAGES = [
  'reported',
  'announced',
  'in-development',
  'dated',
  'released',
  'never-announced',
] as const;

/** Why a later claim replaces an earlier one. */
export type Change = (typeof CHANGES)[number];
/** A topic that has a command of its own. */
export type CommandTopic = (typeof COMMAND_TOPICS)[number];
/** What a sentence of prose is about. */
export type Topic = (typeof TOPICS)[number];
/** What a credit is for. */
export type Job = (typeof JOBS)[number];
