import type { z } from 'zod';
import { createDiscordError } from './errors.ts';

/** One thing that is wrong with one field: Discord's code for it, and the sentence. */
interface FieldError {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** Parses `value` as Discord would, or throws 50035 with the path of every field that is wrong. */
export function parseForm<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw createDiscordError(
    'invalidForm',
    createErrorTree(parsed.error.issues.flatMap((issue) => findFieldErrors(issue, []))),
  );
}

/** The refusal of one field, for what no schema can see. */
export function createFieldError(path: readonly PropertyKey[], code: string, message: string): Error {
  return createDiscordError('invalidForm', createErrorTree([{ path, code, message }]));
}

/** `{"embeds":{"0":{"title":{"_errors":[{"code","message"}]}}}}` (documentation: reference, "Error Messages"). */
function createErrorTree(faults: readonly FieldError[]): object {
  const root: ErrorNode = {};
  for (const { path, code, message } of faults) {
    const node = path.reduce((parent: ErrorNode, key) => {
      parent[String(key)] ??= {};
      return parent[String(key)] as ErrorNode;
    }, root);
    node['_errors'] = [...((node['_errors'] as object[] | undefined) ?? []), { code, message }];
  }
  return root;
}

type ErrorNode = { [field: string]: ErrorNode | object[] };

function findFieldErrors(issue: z.core.$ZodIssue, under: readonly PropertyKey[]): FieldError[] {
  const path = [...under, ...issue.path];
  const one = (code: string, message: string) => [{ path, code, message }];
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null)
        return one('BASE_TYPE_REQUIRED', 'This field is required');
      return one(...describeTypeError(issue.expected));
    case 'too_big':
      if (issue.origin === 'string')
        return one('BASE_TYPE_MAX_LENGTH', `Must be ${issue.maximum} or fewer in length.`);
      if (issue.origin === 'array')
        return one('BASE_TYPE_BAD_LENGTH', `Must be ${issue.maximum} or fewer in length.`);
      return one('NUMBER_TYPE_MAX', `Value should be less than or equal to ${issue.maximum}.`);
    case 'too_small':
      if (issue.origin === 'string') return one('BASE_TYPE_REQUIRED', 'This field is required');
      if (issue.origin === 'array')
        return one('BASE_TYPE_BAD_LENGTH', `Must be ${issue.minimum} or more in length.`);
      return one('NUMBER_TYPE_MIN', `Value should be greater than or equal to ${issue.minimum}.`);
    case 'invalid_format':
      if (issue.format === 'datetime')
        return one('DATE_TIME_TYPE_PARSE', `Could not parse ${issue.input}. Should be ISO8601.`);
      return one('STRING_TYPE_REGEX', 'String value did not match validation regex.');
    case 'invalid_value':
      return one('BASE_TYPE_CHOICES', `Value must be one of {${issue.values.map(String).join(', ')}}.`);
    case 'invalid_union': {
      if (issue.errors.length === 0)
        return one('UNION_TYPE_CHOICES', 'Value of field "type" must be one of the known types.');
      return (issue.errors[0] ?? []).flatMap((inner) => findFieldErrors(inner, path));
    }
    case 'custom':
      return one(String(issue.params?.['code'] ?? 'BASE_TYPE_INVALID'), issue.message);
    default:
      return one('BASE_TYPE_INVALID', issue.message);
  }
}

function describeTypeError(expected: string): [code: string, message: string] {
  switch (expected) {
    case 'array':
      return ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'];
    case 'object':
    case 'record':
      return ['DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType'];
    case 'boolean':
      return ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'];
    case 'number':
    case 'int':
      return ['NUMBER_TYPE_COERCE', 'Value is not a number.'];
    default:
      return ['STRING_TYPE_CONVERT', 'Could not interpret value as string.'];
  }
}
