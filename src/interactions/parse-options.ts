import type { Options, OptionValues } from './command.ts';
import type { Issue } from './options.ts';

/** The parsed options, or the first one that was refused. */
export type ParseResult<O extends Options> =
  | { ok: true; options: OptionValues<O> }
  | { ok: false; name: string; issue: Issue | undefined };

/** Parses the values of the options that the subcommand has. Others are ignored: a button of an older version may carry them. */
export function parseOptions<O extends Options>(
  options: O,
  values: Readonly<Record<string, unknown>>,
): ParseResult<O> {
  const parsed: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const result = option.schema.safeParse(values[name]);
    if (!result.success) return { ok: false, name, issue: result.error.issues[0] };
    if (result.data !== undefined) parsed[name] = result.data;
  }
  return { ok: true, options: parsed as OptionValues<O> };
}
