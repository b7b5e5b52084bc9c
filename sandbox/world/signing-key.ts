import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

/** An application's Ed25519 key pair as a JWK has it: what Discord signs with (`d`), and what the bot checks by (`x`). */
export interface SigningKey {
  readonly x: string;
  readonly d: string;
}

/** A key pair for a new application. */
export function createSigningKey(): SigningKey {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { x, d };
}

/** The public half as `verify_key` tells it. */
export const formatPublicKey = ({ x }: SigningKey) => Buffer.from(x, 'base64url').toString('hex');

/**
 * The headers that vouch for a body (documentation: interactions/overview, "Validating Security Request Headers"). `at` is
 * real time in seconds.
 */
export function createSignatureHeaders(
  { x, d }: SigningKey,
  body: string,
  at: number,
): Record<string, string> {
  const timestamp = String(at);
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x, d } });
  return {
    'X-Signature-Ed25519': sign(null, Buffer.from(timestamp + body), key).toString('hex'),
    'X-Signature-Timestamp': timestamp,
  };
}
