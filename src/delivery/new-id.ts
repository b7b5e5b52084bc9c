import { randomBytes } from 'node:crypto';

/** Returns ten random letters and digits. Ids are never reused, so a ledger record can never belong to another countdown. */
export function newId(): string {
  return BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-10);
}
