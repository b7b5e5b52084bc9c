import { z } from 'zod';

const lockSchema = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().default(''),
      license: z.string().default(''),
      dev: z.boolean().default(false),
    }),
  ),
});

/** A package of the lock file. */
export interface LockedPackage {
  name: string;
  version: string;
  licence: string;
  /** Whether only development needs it. */
  dev: boolean;
}

/** The licences of packages that the bot runs with: permissive ones, and that of fonts. Those of development may be others. */
const ACCEPTED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'OFL-1.1'];

/** Returns the packages of a lock file, by name and version; each once. */
export function packagesOf(lockFile: string): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(lockFile));
  const all = Object.entries(packages).flatMap(([path, { version, license, dev }]): LockedPackage[] =>
    path
      ? [{ name: path.slice(path.lastIndexOf('node_modules/') + 13), version, licence: license, dev }]
      : [],
  );
  const keyed = new Map(all.map((item) => [`${item.name}@${item.version}@${item.dev}`, item]));
  return [...keyed.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Whether the bot may run with a package of this licence; of several licences to choose from, one is enough. */
export function isAccepted(licence: string): boolean {
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => ACCEPTED.includes(choice));
}

/** Returns the page of the packages that the bot runs with, and their licences. */
export function packagesPage(packages: readonly LockedPackage[]): string {
  const rows = packages
    .filter(({ dev }) => !dev)
    .map(({ name, version, licence }) => `| \`${name}\` | ${version} | ${licence} |`);
  return `# Packages and their licences

What the bot runs with, on any platform, from \`package-lock.json\`. Written by \`npm run packages\`.

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}
`;
}
