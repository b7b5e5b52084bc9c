import type { World } from './world.ts';

/** Whether a bot may enter with this token: any is good except "bad" and "invalid", until a script sets the one right token. */
export function isValidToken(world: World, token: string): boolean {
  const plain = token.replace(/^Bot /, '');
  if (world.settings.token !== null) return plain === world.settings.token;
  return plain !== '' && plain !== 'bad' && plain !== 'invalid';
}
