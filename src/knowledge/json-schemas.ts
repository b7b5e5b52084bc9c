import { z } from 'zod';
import { fileSchemas } from '../facts/schema.ts';

/** The JSON Schema of each kind of data file, by file name in `data/schema/`. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fileSchemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
    ]),
  );
}
