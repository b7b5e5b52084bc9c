import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { type ApiAnswer, answersDescribed } from '../discord/openapi.ts';

/** Discord's own description of its HTTP API; it is not part of this repository. */
export const DESCRIPTION = '../shared/research/discord-openapi.json';

/** Whether the description is on this machine. Without it no answer is checked. */
export const hasDescription = existsSync(DESCRIPTION);

/** Returns what is not as described in an answer; nothing where it cannot be checked. */
export const findFaults = hasDescription ? answersDescribed(DESCRIPTION) : () => [];

/**
 * Fails where an answer of the sandbox is not as Discord describes it. Nothing is described of the answers to unknown paths, of
 * errors without a body, which tests inject, and of statuses from 500 on.
 */
export function expectDescribed(answer: ApiAnswer): void {
  const { method, status, body } = answer;
  const path = answer.path.replace(/\?.*/, '');
  const isUnknownPath = status === 404 && (body as { code?: number } | undefined)?.code === 0;
  if (isUnknownPath || status >= 500 || (status >= 400 && body === undefined)) return;
  expect(findFaults({ method, path, status, body })).toEqual([]);
}
