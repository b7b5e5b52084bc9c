import { createSignatureHeaders, createSigningKey, type SigningKey } from '../world/signing-key.ts';
import type { World } from '../world/world.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether an address lies on this machine: the sandbox calls no other. */
export function isLoopbackUrl(url: string): boolean {
  return LOOPBACK.includes(URL.parse(url)?.hostname ?? '');
}

/** Sends JSON to the bot as Discord does, signed with the application's key. Rejects when no answer comes in time. */
export function sendSigned(world: World, url: string, json: unknown, withinMs: number): Promise<Response> {
  return post(url, json, world.application.signingKey, withinMs);
}

/** The same with the signature of another: a bot must not take it. */
export function sendWithBadSignature(url: string, json: unknown, withinMs: number): Promise<Response> {
  return post(url, json, createSigningKey(), withinMs);
}

function post(url: string, json: unknown, key: SigningKey, withinMs: number): Promise<Response> {
  const body = JSON.stringify(json);
  // The world's clock may be turned; a signature is only good for a moment of real time.
  const at = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
      ...createSignatureHeaders(key, body, at),
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(withinMs),
  });
}
