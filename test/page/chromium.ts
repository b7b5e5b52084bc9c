import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Chromium is on this machine; undefined when there is none. */
function findChromium(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  return folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Where Chromium is on this machine; undefined when there is none. */
export const executablePath = findChromium();
if (!executablePath) {
  process.stderr.write(
    'No Chromium on this machine: the tests of the sandbox page are skipped. apt-get install chromium\n',
  );
}

/** Nothing but the page under test goes over the network. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Makes the fonts of a package the only ones, whatever the machine has. Chromium crashes where there is no font. */
const fontconfig = (fonts: string, cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;

/** Starts Chromium with fonts of its own. */
export async function launch(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'page-test-'));
  const fonts = dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
  const configFile = join(folder, 'fonts.conf');
  writeFileSync(configFile, fontconfig(fonts, join(folder, 'cache')));
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ARGUMENTS,
    env: { ...process.env, FONTCONFIG_FILE: configFile },
  });
  browser.on('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}
