import { z } from 'zod';
import { addIssue } from './fields.ts';

/*
 * What Discord has and the sandbox has not. It is refused in words, so that a bot does not take it for done. The table in
 * docs/sandbox.md lists it.
 */

/** The code of a field error for what the sandbox does not have. No code of Discord's is like it. */
export const UNSUPPORTED = 'SANDBOX_UNSUPPORTED';

/** Returns the text of a field error for what the sandbox does not have. */
export const createUnsupportedText = (what: string) => `The sandbox has no ${what}.`;

/** Returns what the text of a field error says that the sandbox has not. */
export const nameUnsupported = (text: string) => text.replace(/^The sandbox has no (.*)\.$/, '$1');

/** Adds the issue that the sandbox does not have `what`, such as `polls`. */
export const addUnsupported = <T>(context: z.core.ParsePayload<T>, path: PropertyKey[], what: string) =>
  addIssue(context, path, UNSUPPORTED, createUnsupportedText(what));

/** A field that the sandbox does not have. It may be missing, null or empty. */
export const unsupported = (what: string) =>
  z
    .unknown()
    .optional()
    .check((context) => {
      const { value } = context;
      const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
      if (!isEmpty) addUnsupported(context, [], what);
    })
    .transform(() => undefined);
