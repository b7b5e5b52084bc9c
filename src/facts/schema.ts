import { z } from 'zod';
import { about, claimOf, day, id, partialDay, region, slotOf, sources, text } from './claim-schema.ts';
import { BOARDS, COMPANY_ROLES, JOBS, MEASURES, MEDIA, STAGES, TOPICS, UNITS } from './enums.ts';

/**
 * The shape of everything in `data/` but the messages. A *slot* is one thing that can be known; its *claims* are what was
 * reported of it, oldest first, each with the day it became known. `data/schema/` holds the same as JSON Schema.
 */

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

/** What questions for yes or no may ask, in their own words. */
const asked = z.array(z.string().min(1).max(300)).optional();

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
    { title: id, role: z.enum(COMPANY_ROLES) },
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
  slotOf('rating', { title: id, board: z.enum(BOARDS) }, claimOf({ rating: z.string().min(1) })),
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
      term: id.optional().describe('What it explains: an id from data/terms.json.'),
      complete: z.literal(true).optional().describe('It counts a list that is known to be complete.'),
    },
    claimOf({
      text,
      spoilerText: text.optional(),
      affirms: asked.describe(
        'What a question may ask to which the sentence says yes: "post-credits scene".',
      ),
      denies: asked.describe('What a question may ask to which the sentence says no.'),
    }),
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

/** The schemas of the entries that have an id: sources, titles, people and others. */
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
    kind: z
      .enum(['primary', 'encyclopedia'])
      .optional()
      .describe(
        'primary: the studio, a maker or the work itself; one is enough. encyclopedia: supports no claim by itself.',
      ),
    note: z.string().optional(),
  }),
  titles: z.strictObject({
    kind: z.enum(['film', 'series', 'documentary', 'game', 'comic', 'collection']),
    aliases: z.array(z.string().min(1)).describe('What people call it, for finding it.'),
    wanted: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe(
        'How much people want it while it has no date; 1 is the most. Lists of what to wait for follow it.',
      ),
    ids: z.strictObject({ imdb: z.string().optional(), tmdb: z.number().optional() }).optional(),
  }),
  people: z.strictObject({ name: z.string().min(1).max(60), aliases: z.array(z.string()).optional() }),
  characters: z.strictObject({ name: text, aliases: z.array(z.string()).optional() }),
  terms: z.strictObject({ name: text, aliases: z.array(z.string()).optional() }),
};

/** An id, such as "ana-de-armas". */
export const idSchema = id;

/** A slot of any kind. */
export const slotSchema = slot;

/** A text by language; English is always there. */
export type Text = z.output<typeof text>;
/** Where a claim comes from. */
export type Source = z.output<typeof entrySchemas.sources>;
/** A film, series or game. */
export type Title = z.output<typeof entrySchemas.titles>;
/** A person who worked on a title. */
export type Person = z.output<typeof entrySchemas.people>;
/** A character of a title. */
export type Character = z.output<typeof entrySchemas.characters>;
/** A word of the world of the films: "marker", "High Table". */
export type Term = z.output<typeof entrySchemas.terms>;

/** One thing that can be known, with its claims, oldest first. */
export type Slot = z.output<typeof slot>;
/** The kind of a slot, such as "release". */
export type Kind = Slot['kind'];
/** A slot of one kind. */
export type SlotOf<K extends Kind> = Extract<Slot, { kind: K }>;
/** A claim of a slot of one kind. */
export type ClaimOf<K extends Kind> = SlotOf<K>['claims'][number];
/** One reported value of a slot, with the day it became known, its status and its sources. */
export type Claim = Slot['claims'][number];
