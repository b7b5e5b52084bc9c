import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Bot, BotOptions } from '../../src/app/bot.ts';
import { startBot } from '../../src/app/start-bot.ts';
import { parseConfig } from '../../src/config.ts';

/** What a bot beside others has of its own: Discord's clock and no log, unless told otherwise. */
type Own = Partial<Pick<BotOptions, 'clock' | 'log'>>;

/** A bot beside others in front of one Discord, as if it were a process of its own; it ends with the test. */
export async function botBeside(
  sandbox: Sandbox,
  env: Record<string, string>,
  { clock = sandbox.clock, log = pino({ level: 'silent' }) }: Own = {},
): Promise<Bot> {
  const config = parseConfig({ DISCORD_TOKEN: 'x', DISCORD_API_URL: sandbox.apiUrl, HTTP_PORT: '0', ...env });
  const bot = await startBot({ config, clock, log });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= bot.stop();
    return stopped;
  };
  onTestFinished(stop);
  return { ...bot, stop };
}

/** Which shard hears of a server. Docs: "Gateway", sharding formula. */
export const shardOf = (guildId: string, count: number) => Number((BigInt(guildId) >> 22n) % BigInt(count));

/** Servers added until each of so many shards has one; answers the first of each, by shard. */
export async function serverOfEachShard(sandbox: Sandbox, count: number): Promise<string[]> {
  for (let servers = 1; ; servers += 1) {
    // Its id, and so its shard, comes of the instant at which a server is made.
    await sandbox.turn(sandbox.clock.now().add({ milliseconds: 1 }));
    const { guilds } = await sandbox.world({ guilds: servers });
    const first = Array.from(
      { length: count },
      (_, shard) => guilds.find(({ id }) => shardOf(id, count) === shard)?.id,
    );
    if (first.every((id) => id !== undefined)) return first;
  }
}
