import { AsyncLocalStorage } from 'node:async_hooks';
import { type MakeRequest, RequestNotSentError } from './request-guard.ts';

/** Runs a request whose last check is made at the very moment at which it is sent, after everything that the library waits for. */
export type WithLastCheck = <T>(maySend: () => boolean, request: () => Promise<T>) => Promise<T>;

/** The last check of the requests of one client. */
export interface LastCheck {
  withLastCheck: WithLastCheck;
  /** Returns the function that sends requests, with the check in front. A request that fails it is not sent. */
  guard(makeRequest: MakeRequest): MakeRequest;
}

/** Creates a last check. Nothing waits between the check and the request. */
export function createLastCheck(): LastCheck {
  const checks = new AsyncLocalStorage<() => boolean>();
  return {
    withLastCheck: (maySend, request) => checks.run(maySend, request),
    guard: (makeRequest) => (url, init) => {
      const maySend = checks.getStore();
      if (maySend && !maySend()) return Promise.reject(new RequestNotSentError('held up before the send'));
      return makeRequest(url, init);
    },
  };
}
