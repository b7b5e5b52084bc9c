import type { World } from './world.ts';

/** Returns whether a token is valid. Any is but "bad" and "invalid", until a script sets the only valid one. */
export function isValidToken(world: World, token: string): boolean {
  const value = token.replace(/^Bot /, '');
  if (/\s/.test(value)) return false;
  if (world.settings.token !== null) return value === world.settings.token;
  return value !== '' && value !== 'bad' && value !== 'invalid';
}
