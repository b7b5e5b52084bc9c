import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Describes the machine. Load is the system's average of the last minute: how busy it was otherwise. */
export const describeMachine = () => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
  load: loadavg()[0] ?? 0,
});
