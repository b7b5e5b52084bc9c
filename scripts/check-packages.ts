import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAccepted, packagesOf, packagesPage } from './packages-page.ts';

// `npm run packages:check`: the licences of what the bot runs with, its list in docs/packages.md, the SBOM, and the signatures of
// all packages. Where the registry or the keys cannot be reached, a line says that the signatures were not checked.
const SIGNATURES = ['audit', 'signatures', '--fetch-retries=0', '--fetch-timeout=10000'];
/** The registry has this long for all signatures, in milliseconds. */
const TIMEOUT_MS = 90_000;
/** What npm says when something does not answer, or has no signatures. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|E40[1345]|E5\d\d|TUF_\w+)\b/;

const packages = packagesOf(readFileSync('package-lock.json', 'utf8'));
checkLicences();
writeSbom();
checkSignatures();

function checkLicences(): void {
  const used = packages.filter(({ dev }) => !dev);
  const refused = used.filter(({ licence }) => !isAccepted(licence));
  for (const { name, version, licence } of refused)
    fail(`${name} ${version} has the licence "${licence}", which scripts/packages-page.ts does not accept`);
  if (readFileSync('docs/packages.md', 'utf8') !== packagesPage(packages))
    fail('docs/packages.md is not up to date: run npm run packages');
  if (refused.length === 0) say(`licences: ${used.length} packages, all accepted`);
}

function writeSbom(): void {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8' });
  if (status !== 0) {
    fail(`SBOM: ${stderr}`);
    return;
  }
  const { components } = JSON.parse(readFileSync('sbom.cdx.json', 'utf8')) as { components: unknown[] };
  say(`SBOM: sbom.cdx.json, ${components.length} components`);
}

function checkSignatures(): void {
  const { status, stdout, stderr, error } = spawnSync('npm', SIGNATURES, {
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
  const output = `${stdout}${stderr}`.trim();
  const reason = error ? 'no answer in time' : UNREACHABLE.exec(output)?.[0];
  if (status === 0) say(`signatures: ${output.replaceAll('\n', ' ')}`);
  else if (reason) say(`signatures: not checked, as the registry or its keys cannot be reached (${reason})`);
  else fail(`signatures: ${output}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}
