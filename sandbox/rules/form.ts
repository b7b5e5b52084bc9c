import type { z } from 'zod';
import { createFormError } from './errors.ts';
import { createUnsupportedText, nameUnsupported, UNSUPPORTED } from './unsupported.ts';

/** What is wrong with one field: Discord's code and message. */
interface FieldError {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** Returns the parsed value, or throws Discord's error 50035 with the path of every invalid field. */
export function parseForm<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw createFieldErrors(parsed.error.issues.flatMap((issue) => findFieldErrors(issue, [])));
}

/** Returns error 50035 for one field, for checks that a schema cannot make. */
export function createFieldError(path: readonly PropertyKey[], code: string, message: string): Error {
  return createFieldErrors([{ path, code, message }]);
}

/** Returns error 50035 for a field that asks for `what`, which the sandbox does not have. */
export const createUnsupportedError = (path: readonly PropertyKey[], what: string) =>
  createFieldError(path, UNSUPPORTED, createUnsupportedText(what));

/** Returns error 50035 for several fields. */
export function createFieldErrors(errors: readonly FieldError[]): Error {
  const lacking = errors
    .filter(({ code }) => code === UNSUPPORTED)
    .map(({ message }) => nameUnsupported(message));
  return createFormError(createErrorTree(errors), [...new Set(lacking)]);
}

/**
 * Returns the tree of errors, such as `{"embeds":{"0":{"title":{"_errors":[{"code","message"}]}}}}` (documentation:
 * reference, "Error Messages").
 */
function createErrorTree(errors: readonly FieldError[]): object {
  const root: ErrorNode = {};
  for (const { path, code, message } of errors) {
    const node = path.reduce((parent: ErrorNode, key) => {
      parent[String(key)] ??= {};
      return parent[String(key)] as ErrorNode;
    }, root);
    node['_errors'] = [...((node['_errors'] as object[] | undefined) ?? []), { code, message }];
  }
  return root;
}

type ErrorNode = { [field: string]: ErrorNode | object[] };

/** Returns the field errors that a zod issue stands for: for a union, those of its first option. */
function findFieldErrors(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): FieldError[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return (issue.errors[0] ?? []).flatMap((inner) => findFieldErrors(inner, path));
  }
  const [code, message] = describeIssue(issue);
  return [{ path, code, message }];
}

type ErrorDescription = readonly [code: string, message: string];

const REQUIRED: ErrorDescription = ['BASE_TYPE_REQUIRED', 'This field is required'];

/** Returns Discord's code and message for a zod issue. */
function describeIssue(issue: z.core.$ZodIssue): ErrorDescription {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? REQUIRED : describeTypeError(issue.expected);
    case 'too_big':
      return describeTooBig(issue);
    case 'too_small':
      return describeTooSmall(issue);
    case 'invalid_format':
      return issue.format === 'datetime'
        ? ['DATE_TIME_TYPE_PARSE', `Could not parse ${issue.input}. Should be ISO8601.`]
        : ['STRING_TYPE_REGEX', 'String value did not match validation regex.'];
    case 'invalid_value':
      return ['BASE_TYPE_CHOICES', `Value must be one of {${issue.values.map(String).join(', ')}}.`];
    case 'invalid_union':
      return ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of the known types.'];
    case 'custom':
      return [String(issue.params?.['code'] ?? 'BASE_TYPE_INVALID'), issue.message];
    default:
      return ['BASE_TYPE_INVALID', issue.message];
  }
}

function describeTooBig({ origin, maximum }: z.core.$ZodIssueTooBig): ErrorDescription {
  if (origin === 'string') return ['BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`];
  if (origin === 'array') return ['BASE_TYPE_BAD_LENGTH', `Must be ${maximum} or fewer in length.`];
  return ['NUMBER_TYPE_MAX', `Value should be less than or equal to ${maximum}.`];
}

function describeTooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): ErrorDescription {
  if (origin === 'string') return REQUIRED;
  if (origin === 'array') return ['BASE_TYPE_BAD_LENGTH', `Must be ${minimum} or more in length.`];
  return ['NUMBER_TYPE_MIN', `Value should be greater than or equal to ${minimum}.`];
}

function describeTypeError(expected: string): ErrorDescription {
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
