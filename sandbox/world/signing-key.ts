import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

/** An application's Ed25519 key pair in the form of a JWK: `d` is the private key, `x` the public key. */
export interface SigningKey {
  readonly x: string;
  readonly d: string;
}

/** Creates a key pair. */
export function createSigningKey(): SigningKey {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { x, d };
}

/** Returns the public key in hexadecimal, as `verify_key` of the application. */
export const formatPublicKey = ({ x }: SigningKey) => Buffer.from(x, 'base64url').toString('hex');

/**
 * Returns the signature headers of a body (documentation: interactions/overview, "Validating Security Request Headers").
 * `seconds` is real time as Unix time in seconds.
 */
export function createSignatureHeaders(
  { x, d }: SigningKey,
  body: string,
  seconds: number,
): Record<string, string> {
  const timestamp = String(seconds);
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x, d } });
  return {
    'X-Signature-Ed25519': sign(null, Buffer.from(timestamp + body), key).toString('hex'),
    'X-Signature-Timestamp': timestamp,
  };
}
