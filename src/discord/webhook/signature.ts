import { createPublicKey, verify } from 'node:crypto';

/** Whether a signature (hexadecimal) is Discord's over a time stamp and the body as it came. */
export type SignatureCheck = (signature: string, timestamp: string, body: Buffer) => boolean;

/** 64 bytes. */
const SIGNATURE = /^[0-9a-f]{128}$/i;

/** Checks by an application's public key, 64 hexadecimal digits. Docs: "Interactions Overview", security request headers. */
export function createSignatureCheck(publicKey: string): SignatureCheck {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  return (signature, timestamp, body) =>
    SIGNATURE.test(signature) &&
    verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}
