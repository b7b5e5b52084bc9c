import { z } from 'zod';
import { entrySchemas, idSchema, slotSchema } from '../facts/schema.ts';
import { askModelFile } from '../questions/ask-model-file.ts';
import { otherTitlesFile } from '../questions/other-titles.ts';
import { wordingsFile } from '../questions/wordings-schema.ts';

const schemaLink = { $schema: z.string().optional() };

/** The shape of each kind of data file as a whole, by its name without ".json". */
const fileSchemas = {
  sources: z.strictObject({ ...schemaLink, sources: z.record(idSchema, entrySchemas.sources) }),
  titles: z.strictObject({ ...schemaLink, titles: z.record(idSchema, entrySchemas.titles) }),
  people: z.strictObject({ ...schemaLink, people: z.record(idSchema, entrySchemas.people) }),
  characters: z.strictObject({ ...schemaLink, characters: z.record(idSchema, entrySchemas.characters) }),
  terms: z.strictObject({ ...schemaLink, terms: z.record(idSchema, entrySchemas.terms) }),
  claims: z.strictObject({ ...schemaLink, slots: z.array(slotSchema) }),
  wordings: wordingsFile,
  'other-titles': otherTitlesFile,
  'ask-model': askModelFile,
};

/** Returns the JSON Schema of each kind of data file, by file name in `data/schema/`. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fileSchemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
    ]),
  );
}
