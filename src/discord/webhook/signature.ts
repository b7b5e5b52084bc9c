import { createPublicKey, verify } from 'node:crypto';

/** Returns whether a hexadecimal signature is Discord's, over the timestamp and the unparsed body. */
export type SignatureCheck = (signature: string, timestamp: string, body: Buffer) => boolean;

/** 64 bytes. */
const SIGNATURE = /^[0-9a-f]{128}$/i;

/** Creates a check for the public key, 64 hexadecimal digits. Docs: "Interactions Overview", security request headers. */
export function createSignatureCheck(publicKey: string): SignatureCheck {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  return (signature, timestamp, body) =>
    SIGNATURE.test(signature) &&
    verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}
