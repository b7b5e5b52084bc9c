import { spawn } from 'node:child_process';

/** The command that opens a URL, with its first arguments, by platform. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [command: string, ...before: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens a URL in the browser of this machine. Says so when there is none. */
export function openBrowser(url: string, say: (line: string) => void): void {
  const [command, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...before, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => say(`No browser could be opened from here: go to ${url}`));
  opener.unref();
}
