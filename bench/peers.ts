import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const FOLDER = 'bench/peers';

/** What the bot is measured against stands in a package of its own; it is installed when it is needed first. */
export function installPeers(say: (line: string) => void): void {
  if (existsSync(`${FOLDER}/node_modules/@sapphire/framework`)) return;
  say(`Installing what the bot is measured against: npm ci --prefix ${FOLDER}`);
  const { status, stderr } = spawnSync('npm', ['ci', '--prefix', FOLDER, '--no-fund', '--no-audit'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${FOLDER} could not be installed:\n${stderr}`);
}
