import { readFileSync } from 'node:fs';

/** As much of JSON Schema as Discord's own description uses of requests. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | false;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

/** Checks values against Discord's description: each fault with its path; none where the value is right. */
export function discordSays(file: string) {
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    components: { schemas: Record<string, Schema> };
  };

  function faults(schema: Schema, value: unknown, path: string): string[] {
    if (schema.$ref) return faults(named(schema.$ref.split('/').at(-1) ?? ''), value, path);
    const own = [
      ...typeFaults(schema, value, path),
      ...(schema.allOf ?? []).flatMap((part) => faults(part, value, path)),
      ...choice(schema.oneOf ?? schema.anyOf, value, path),
    ];
    if (own.length > 0) return own;
    if (Array.isArray(value)) return [...sizes(schema, value, path), ...items(schema, value, path)];
    if (typeof value === 'string') return lengths(schema, value, path);
    if (typeof value === 'number') return ranges(schema, value, path);
    if (typeof value === 'object' && value !== null) return members(schema, { ...value }, path);
    return [];
  }

  function named(name: string): Schema {
    const schema = components.schemas[name];
    if (!schema) throw new Error(`Discord describes no ${name}`);
    return schema;
  }

  /** Of several schemas one must fit; where none does, the faults of the nearest are told. */
  function choice(schemas: Schema[] | undefined, value: unknown, path: string): string[] {
    const found = (schemas ?? [])
      .map((option) => faults(option, value, path))
      .sort((a, b) => a.length - b.length);
    return found[0] ?? [];
  }

  function items({ items: each }: Schema, value: unknown[], path: string): string[] {
    return each ? value.flatMap((item, at) => faults(each, item, `${path}[${at}]`)) : [];
  }

  function members(schema: Schema, value: Record<string, unknown>, path: string): string[] {
    const { properties, additionalProperties, required = [], maxProperties = 1e9 } = schema;
    if (!properties && additionalProperties === undefined) return [];
    const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
    const many = Object.keys(value).length > maxProperties ? [`${path} has too many members`] : [];
    const inside = Object.entries(value).flatMap(([name, memberValue]) => {
      const member = properties?.[name] ?? additionalProperties;
      return member ? faults(member, memberValue, `${path}.${name}`) : [`${path}.${name} is not described`];
    });
    return [...missing, ...many, ...inside];
  }

  return (name: string, value: unknown) => faults(named(name), JSON.parse(JSON.stringify(value)), name);
}

function typeFaults({ type, enum: allowed, const: only }: Schema, value: unknown, path: string): string[] {
  const is = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const types = [type ?? []].flat();
  const fits = types.length === 0 || types.includes(is) || (is === 'number' && types.includes('integer'));
  if (!fits) return [`${path} is ${is}, not ${types}`];
  if (allowed && !allowed.includes(value)) return [`${path} is not one of ${allowed}`];
  return only !== undefined && only !== value ? [`${path} is not ${only}`] : [];
}

function sizes(
  { minItems = 0, maxItems = 1e9, uniqueItems }: Schema,
  value: unknown[],
  path: string,
): string[] {
  if (value.length < minItems || value.length > maxItems) return [`${path} has ${value.length} items`];
  return uniqueItems && new Set(value).size < value.length ? [`${path} repeats itself`] : [];
}

function lengths({ minLength = 0, maxLength = 1e9, pattern }: Schema, value: string, path: string): string[] {
  if (value.length < minLength || value.length > maxLength) return [`${path} has ${value.length} characters`];
  return pattern && !new RegExp(pattern, 'u').test(value) ? [`${path} does not match ${pattern}`] : [];
}

function ranges({ minimum = -1e99, maximum = 1e99 }: Schema, value: number, path: string): string[] {
  return value < minimum || value > maximum ? [`${path} is out of range`] : [];
}
