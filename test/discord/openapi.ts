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

/** What an operation may answer, by status: `200`, or `4XX` for all of its kind. */
type Responses = Record<string, { $ref?: string; content?: Record<string, { schema?: Schema }> }>;

interface Description {
  components: { schemas: Record<string, Schema>; responses: Responses };
  paths: Record<string, Record<string, { responses?: Responses }>>;
}

/** An answer to a request. `path` has no version and no query. */
export interface ApiAnswer {
  method: string;
  path: string;
  status: number;
  /** Undefined where there is none. */
  body: unknown;
}

const readDescription = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Description;

/** Returns the operations that Discord describes, such as `GET` and `/channels/{channel_id}`. */
export const describedOperations = (file: string) =>
  Object.entries(readDescription(file).paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'parameters')
      .map((method) => ({ method: method.toUpperCase(), path })),
  );

/** Checks values against Discord's description: each fault with its path; none where the value is right. */
export function discordSays(file: string) {
  const check = createChecker(readDescription(file));
  return (name: string, value: unknown) => check({ $ref: name }, value, name);
}

/**
 * Checks answers against Discord's description of the operation: each fault with its path; none where the answer is right.
 * A status of 500 or more is described nowhere.
 */
export function answersDescribed(file: string) {
  const description = readDescription(file);
  const check = createChecker(description);
  const operations = Object.entries(description.paths).map(([template, methods]) => ({
    pattern: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    // A literal segment goes before one that stands for anything.
    wildcards: template.split('{').length,
    methods,
  }));
  operations.sort((a, b) => a.wildcards - b.wildcards);

  return ({ method, path, status, body }: ApiAnswer): string[] => {
    const name = `${method} ${path}: ${status}`;
    const found = operations.find(
      ({ pattern, methods }) => pattern.test(path) && methods[method.toLowerCase()],
    );
    const responses = found?.methods[method.toLowerCase()]?.responses;
    if (!responses) return [`${name}: Discord describes no such operation`];
    const named = responses[status] ?? responses[`${String(status)[0]}XX`];
    if (!named) return [`${name} is not described`];
    const response = named.$ref
      ? description.components.responses[named.$ref.split('/').at(-1) ?? '']
      : named;
    const schema = response?.content?.['application/json']?.schema;
    if (!schema) return body === undefined ? [] : [`${name} has a body`];
    if (body === undefined) return [`${name} has no body`];
    const isRateLimit = status === 429 && typeof body === 'object';
    // A 429 often has no code (documentation: topics/rate-limits); the description says that each has.
    const checked = isRateLimit ? { code: 0, ...body } : withoutFieldErrors(body);
    return check(schema, checked, name).filter((fault) => !UNDESCRIBED.test(fault));
  };
}

/** The codes of field errors are strings, as the documentation shows them; the description says numbers. */
const withoutFieldErrors = (body: unknown) =>
  typeof body === 'object' && body !== null && 'errors' in body ? { ...body, errors: {} } : body;

/**
 * What Discord sends though its description does not have it: the name and the type of the command in the metadata of a reply, and
 * the type of a forward, which the documentation has (resources/message, "Message Reference Types").
 */
const UNDESCRIBED = /interaction_metadata\.(name|command_type)$|message_reference\.type is not 0$/;

function createChecker({ components }: Description) {
  function faults(schema: Schema, value: unknown, path: string): string[] {
    if (schema.$ref) return faults(named(schema.$ref), value, path);
    const parts = (schema.allOf ?? []).map((part) => (part.$ref ? named(part.$ref) : part));
    if (parts.some((part) => part.properties)) return faults(mergeObjects(schema, parts), value, path);
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

  function named(reference: string): Schema {
    const name = reference.split('/').at(-1) ?? '';
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
      if (member) return faults(member, memberValue, `${path}.${name}`);
      return UNDESCRIBED.test(`${path}.${name}`) ? [] : [`${path}.${name} is not described`];
    });
    return [...missing, ...many, ...inside];
  }

  return (schema: Schema, value: unknown, path: string) =>
    faults(schema, JSON.parse(JSON.stringify(value)), path);
}

/** Returns one object with the fields of all parts. */
function mergeObjects({ allOf: _, ...schema }: Schema, parts: Schema[]): Schema {
  const all = [schema, ...parts];
  return {
    ...schema,
    properties: Object.assign({}, ...all.map(({ properties }) => properties)),
    required: all.flatMap(({ required = [] }) => required),
  };
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
