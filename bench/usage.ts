import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const HAS_PROC = existsSync('/proc/self/stat');
/** Linux counts CPU time in hundredths of a second on every machine. */
const TICKS_PER_SECOND = 100;

/** Returns the resident memory of a process, in MB (10^6 bytes). */
export function residentMB(pid: number): number {
  if (!HAS_PROC) return (Number(ps(pid, 'rss')) * 1024) / 1e6;
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Returns the CPU time of all threads of a process so far, in seconds. */
export function cpuSeconds(pid: number): number {
  if (!HAS_PROC) {
    return ps(pid, 'cputime')
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0);
  }
  // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const ps = (pid: number, what: string) =>
  execFileSync('ps', ['-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
