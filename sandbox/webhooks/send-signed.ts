import { createSignatureHeaders, createSigningKey, type SigningKey } from '../world/signing-key.ts';
import type { World } from '../world/world.ts';

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Returns whether a URL is on this machine. The sandbox calls no other. */
export function isLoopbackUrl(url: string): boolean {
  return LOOPBACK_HOSTS.includes(URL.parse(url)?.hostname ?? '');
}

/** A JSON request to the bot. */
export interface OutgoingRequest {
  readonly url: string;
  readonly json: unknown;
  /** How long to wait for the response, in milliseconds of real time. */
  readonly timeoutMs: number;
}

/** Sends a request signed with the application's key, as Discord does. Rejects when no response comes in time. */
export function sendSigned(world: World, request: OutgoingRequest): Promise<Response> {
  return post(request, world.application.signingKey);
}

/** Sends a request signed with a wrong key. A bot must refuse it. */
export function sendWithBadSignature(request: OutgoingRequest): Promise<Response> {
  return post(request, createSigningKey());
}

function post({ url, json, timeoutMs }: OutgoingRequest, key: SigningKey): Promise<Response> {
  const body = JSON.stringify(json);
  // A signature is valid for a short real time, whatever the time of the sandbox.
  const seconds = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
      ...createSignatureHeaders(key, body, seconds),
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
}
