import { createInvalidRequestBudget } from '../../../src/delivery/invalid-request-budget.ts';
import type { RestAccess } from '../../../src/discord/rest/client.ts';
import { createRequestGuard } from '../../../src/discord/rest/request-guard.ts';
import { systemClock } from '../../../src/lib/clock.ts';

/** Access to a simulated Discord, with a guard of its own. */
export function accessTo(apiUrl: string): RestAccess {
  const guard = createRequestGuard({
    apiUrl,
    invalidRequests: createInvalidRequestBudget(),
    clock: systemClock(),
  });
  return { apiUrl, token: 'x', makeRequest: guard.makeRequest, signal: new AbortController().signal };
}
