import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const FOLDER = 'bench/peers';

/** Installs the compared bots, which have their own package, unless they are installed already. */
export function installPeers(say: (line: string) => void): void {
  if (existsSync(`${FOLDER}/node_modules/@sapphire/framework`)) return;
  say(`Installing the compared bots: npm ci --prefix ${FOLDER}`);
  const { status, stderr } = spawnSync('npm', ['ci', '--prefix', FOLDER, '--no-fund', '--no-audit'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${FOLDER} could not be installed:\n${stderr}`);
}
