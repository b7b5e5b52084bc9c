import { z } from 'zod';

/** A stored field, with the description in its schema. */
export interface Field {
  /** "countdowns[].channelId" */
  path: string;
  about: string;
}

/** The part of a JSON schema that is used here. */
interface Node {
  description?: string;
  /** Set by the schema: the fields of the object are those of another one, which is listed. */
  isCopy?: boolean;
  properties?: Record<string, Node>;
  items?: Node;
  propertyNames?: Node;
  additionalProperties?: Node | boolean;
  anyOf?: Node[];
  oneOf?: Node[];
}

/** Returns every field of a stored document with its description. Descriptions of variants at one path are joined. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const all = walk(z.toJSONSchema(schema) as Node, '');
  const byPath = Map.groupBy(all, ({ path }) => path);
  return [...byPath].map(([path, fields]) => ({
    path,
    about: [...new Set(fields.map(({ about }) => about))].filter(Boolean).join('; '),
  }));
}

function walk(node: Node, path: string): Field[] {
  if (node.isCopy) return [{ path, about: node.description ?? '' }];
  const variants = node.anyOf ?? node.oneOf;
  if (variants?.some(holdsFields)) return variants.flatMap((variant) => walk(variant, path));
  if (node.properties) {
    const before = path && `${path}.`;
    return Object.entries(node.properties).flatMap(([name, child]) => walk(child, `${before}${name}`));
  }
  if (typeof node.additionalProperties === 'object') {
    const key = { path: `${path}[key]`, about: node.propertyNames?.description ?? '' };
    return [key, ...walk(node.additionalProperties, `${path}[]`)];
  }
  if (node.items && holdsFields(node.items)) return walk(node.items, `${path}[]`);
  return [{ path, about: node.description ?? '' }];
}

function holdsFields({ properties, additionalProperties, anyOf, oneOf }: Node): boolean {
  if (properties || typeof additionalProperties === 'object') return true;
  return (anyOf ?? oneOf ?? []).some(holdsFields);
}
