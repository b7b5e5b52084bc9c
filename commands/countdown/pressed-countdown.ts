import { ephemeralText, type Reply } from '../../src/discord/message/reply.ts';
import type { Context } from '../../src/interactions/context.ts';
import type { Services } from '../services.ts';
import { findNamed, type NamedCountdown } from './countdown-option.ts';

/** Calls `run` with the countdown of a button; returns a refusal where it is gone. */
export async function withPressed(
  services: Pick<Services, 'countdowns'>,
  context: Context,
  id: string | undefined,
  run: (named: NamedCountdown) => Reply | Promise<Reply>,
): Promise<Reply> {
  const named = await findNamed(services, context, id ?? '');
  if (named?.countdown.id !== id || !named) return ephemeralText(context.language.say('countdown.gone'));
  return run(named);
}
