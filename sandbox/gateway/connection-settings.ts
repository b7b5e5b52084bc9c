import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { Notices } from '../notices.ts';
import { TRANSPORT_COMPRESSIONS } from './compression.ts';
import type { ConnectionSettings } from './connection.ts';

/** The versions of the gateway that the sandbox has. Discord does not document which one a URL without a version gets. */
const VERSIONS: Readonly<Record<string, number>> = { 10: 10, 9: 9 };
const DEFAULT_VERSION = 10;

/** The code and the reason to close a connection with. */
interface Refusal {
  readonly refusal: [code: GatewayCloseCodes, reason: string];
}

/**
 * Returns what a client asks for in the URL of the gateway, or why it cannot have it (documentation: events/gateway,
 * "Gateway URL Query String Params"). Notes what Discord has and the sandbox lacks.
 */
export function parseConnectionSettings(path: string, notices: Notices): ConnectionSettings | Refusal {
  const query = new URL(path, 'ws://localhost').searchParams;
  const version = VERSIONS[query.get('v') ?? DEFAULT_VERSION];
  if (version === undefined) return refuse(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.');
  const encoding = query.get('encoding') ?? 'json';
  if (encoding === 'etf') notices.lacks('encoding=etf');
  if (encoding !== 'json') return refuse(GatewayCloseCodes.DecodeError, 'Unknown encoding.');
  const asked = query.get('compress');
  if (!asked) return { version, compression: null };
  const compression = TRANSPORT_COMPRESSIONS.find((known) => known === asked);
  return compression
    ? { version, compression }
    : refuse(GatewayCloseCodes.DecodeError, 'Unknown compression.');
}

const refuse = (code: GatewayCloseCodes, reason: string): Refusal => ({ refusal: [code, reason] });
