import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** On what it was measured. Load is the system's average of the last minute: how much else was going on. */
export const machine = () => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
  load: loadavg()[0] ?? 0,
});
