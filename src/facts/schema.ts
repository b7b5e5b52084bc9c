import { z } from 'zod';
import { DAY_PATTERN, isCalendarDate, PARTIAL_DAY_PATTERN } from './dates.ts';
import { JOBS, MEASURES, MEDIA, STAGES, TOPICS, UNITS } from './enums.ts';
import { waysFile } from './examples-schema.ts';
import { wordingFile } from './vocabulary-schema.ts';

/**
 * The shape of everything in `data/` but the messages. A *slot* is one thing that can be known; its *claims* are what was
 * reported of it, oldest first, each with the day it became known. `data/schema/` holds the same as JSON Schema.
 */

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use an id of small letters, digits and single hyphens')
  .max(40);
const slotId = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/, 'use a path such as "ballerina/release/theatrical/us"')
  .max(80)
  .describe('A path that never changes: countdowns and buttons refer to it.');

const day = z
  .string()
  .regex(DAY_PATTERN, 'write a day as YYYY-MM-DD')
  .refine(isCalendarDate, 'write a day that the calendar has')
  .describe('A day, YYYY-MM-DD.');
const partialDay = z
  .string()
  .regex(PARTIAL_DAY_PATTERN, 'write a date as YYYY-MM-DD, YYYY-MM or YYYY')
  .refine(isCalendarDate, 'write a date that the calendar has')
  .describe('YYYY-MM-DD, or YYYY-MM or YYYY where no more is known.');

/** Text by language; English always, others as they are translated. */
const text = z
  .object({ en: z.string().min(1).max(900) })
  .catchall(z.string().min(1).max(900))
  .describe('Text by language tag. English is required. Discord markdown; no spoiler bars.');

/** A region of the world: an ISO 3166 country ("US"), or "001" for the world. */
const region = z
  .string()
  .regex(/^([A-Z]{2}|001)$/, 'use a country code such as "US", or "001" for the world');

const CONFIDENCES = ['high', 'medium', 'low'] as const;

const sources = z
  .array(id)
  .min(1, 'name at least one source: an id from data/sources.json')
  .describe('Ids from data/sources.json; the best first.');

const known = day.describe(
  'The day it became public, as far as a source shows: answers as of an earlier day do not have it.',
);

const about = {
  known,
  confidence: z.enum(CONFIDENCES),
  spoiler: z.literal(true).optional().describe('The whole claim is a spoiler.'),
  note: text.optional().describe('A sentence more, shown below.'),
  spoilerNote: text
    .optional()
    .describe('A sentence more that is a spoiler: shown only when asked for, inside spoiler bars.'),
};

/** A claim: plain, or contested with both sides kept. `value` is what the slot's kind says of the world. */
function claimOf<V extends z.ZodRawShape>(value: V) {
  const plain = z.strictObject({ ...about, status: z.enum(['confirmed', 'reported']), sources, ...value });
  const side = z.strictObject({ sources, note: text.optional(), ...value });
  const contested = z.strictObject({
    ...about,
    status: z.literal('contested'),
    sides: z.array(side).min(2, 'a contested claim keeps both sides'),
  });
  return z.discriminatedUnion('status', [plain, contested]);
}

function slotOf<K extends string, S extends z.ZodRawShape, C extends z.ZodType>(
  kind: K,
  subject: S,
  claim: C,
) {
  return z.strictObject({
    slot: slotId,
    kind: z.literal(kind),
    ...subject,
    claims: z.array(claim).min(1, 'a slot needs at least one claim'),
  });
}

/** A release has its own statuses: a date that is planned can move, one that came true cannot. */
const releaseClaim = z.discriminatedUnion('status', [
  z.strictObject({ ...about, sources, status: z.literal('undated'), reason: text.optional() }),
  z.strictObject({
    ...about,
    sources,
    status: z.literal('planned'),
    date: partialDay,
    reason: text.optional().describe('Why the date was set or moved.'),
    service: z.string().optional(),
  }),
  z.strictObject({
    ...about,
    sources,
    status: z.literal('released'),
    date: partialDay,
    until: partialDay.optional().describe('The last date of something that came out over a time.'),
    service: z.string().optional().describe('Where it streams.'),
    as: text.optional().describe('The title it bears there.'),
  }),
  z.strictObject({ ...about, sources, status: z.literal('dropped'), reason: text.optional() }),
]);

const slot = z.discriminatedUnion('kind', [
  slotOf('name', { title: id }, claimOf({ full: text, short: text })),
  slotOf(
    'release',
    {
      title: id,
      medium: z.enum(MEDIA),
      regions: z.array(region).min(1),
      place: text.optional().describe('A house or town, for premieres.'),
      edition: text.optional().describe('Which part or edition, where there are several.'),
    },
    releaseClaim,
  ),
  slotOf(
    'credit',
    { title: id, job: z.enum(JOBS) },
    claimOf({
      people: z.array(z.strictObject({ person: id, note: text.optional() })).min(1),
    }),
  ),
  slotOf(
    'role',
    { title: id, person: id },
    claimOf({ character: id.nullable().describe('An id from data/characters.json; null: not disclosed.') }),
  ),
  slotOf(
    'company',
    { title: id, role: z.enum(['studio', 'distributor', 'network', 'developer']) },
    claimOf({ names: z.array(z.string().min(1)).min(1) }),
  ),
  slotOf('origin', { title: id }, claimOf({ regions: z.array(region).min(1) })),
  slotOf(
    'measure',
    { title: id, measure: z.enum(MEASURES) },
    claimOf({
      amount: z.number().nonnegative(),
      upTo: z.number().nonnegative().optional().describe('The upper end, where sources give a range.'),
      about: z.literal(true).optional().describe('Rounded or estimated.'),
      unit: z.enum(UNITS),
    }),
  ),
  slotOf(
    'rating',
    { title: id, board: z.enum(['MPA', 'BBFC', 'CinemaScore']) },
    claimOf({ rating: z.string().min(1) }),
  ),
  slotOf(
    'trailer',
    { title: id },
    claimOf({ date: partialDay, label: text, public: z.boolean(), video: z.string().optional() }),
  ),
  slotOf(
    'event',
    { title: id, topics: z.array(z.enum(TOPICS)).optional() },
    claimOf({ date: partialDay, until: partialDay.optional(), text }),
  ),
  slotOf(
    'prose',
    {
      about: id.describe('A title or a person.'),
      topics: z
        .array(z.enum(TOPICS))
        .min(1)
        .describe('The answers it belongs to; where it comes first, it leads.'),
    },
    claimOf({ text, spoilerText: text.optional() }),
  ),
  slotOf(
    'story',
    { title: id, part: text.optional().describe('Which part of the title, where it is not the whole.') },
    claimOf({
      position: z.number().nullable().describe('Place in the order of the story; null: not known.'),
      when: text,
      overlaps: z.array(id).optional(),
    }),
  ),
  slotOf('gap', { from: id, to: id, span: z.literal(true).optional() }, claimOf({ text })),
  slotOf(
    'project',
    { title: id },
    claimOf({ stage: z.enum(STAGES), announced: partialDay.optional(), text }),
  ),
  slotOf(
    'life',
    { person: id, event: z.enum(['born', 'died']) },
    claimOf({ date: partialDay, place: text.optional() }),
  ),
  slotOf('appearance', { person: id }, claimOf({ work: text, date: partialDay, where: text, role: text })),
]);

const schemaLink = { $schema: z.string().optional() };

export const entrySchemas = {
  sources: z.strictObject({
    publisher: z.string().min(1).max(80),
    address: z
      .string()
      .min(1)
      .nullable()
      .describe('Without https://; null: a data file without a public address.'),
    date: partialDay.nullable().describe('Its own date; null: it carries none.'),
    notBefore: day.optional().describe('For an undated page: it cannot be older, from what it mentions.'),
    note: z.string().optional(),
  }),
  titles: z.strictObject({
    kind: z.enum(['film', 'series', 'documentary', 'game', 'comic', 'collection']),
    aliases: z.array(z.string().min(1)).describe('What people call it, for finding it.'),
    ids: z.strictObject({ imdb: z.string().optional(), tmdb: z.number().optional() }).optional(),
  }),
  people: z.strictObject({ name: z.string().min(1).max(60), aliases: z.array(z.string()).optional() }),
  characters: z.strictObject({ name: text, aliases: z.array(z.string()).optional() }),
};

/** The whole files, for the JSON schemas. */
export const fileSchemas = {
  sources: z.strictObject({ ...schemaLink, sources: z.record(id, entrySchemas.sources) }),
  titles: z.strictObject({ ...schemaLink, titles: z.record(id, entrySchemas.titles) }),
  people: z.strictObject({ ...schemaLink, people: z.record(id, entrySchemas.people) }),
  characters: z.strictObject({ ...schemaLink, characters: z.record(id, entrySchemas.characters) }),
  claims: z.strictObject({ ...schemaLink, slots: z.array(slot) }),
  ask: wordingFile,
  'ways-of-asking': waysFile,
};
export const idSchema = id;

export const slotSchema = slot;

export type Text = z.output<typeof text>;
export type Source = z.output<typeof entrySchemas.sources>;
export type Title = z.output<typeof entrySchemas.titles>;
export type Person = z.output<typeof entrySchemas.people>;
export type Character = z.output<typeof entrySchemas.characters>;

export type Slot = z.output<typeof slot>;
export type Kind = Slot['kind'];
export type SlotOf<K extends Kind> = Extract<Slot, { kind: K }>;
export type ClaimOf<K extends Kind> = SlotOf<K>['claims'][number];
export type Claim = Slot['claims'][number];
