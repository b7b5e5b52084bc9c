import { readFileSync, writeFileSync } from 'node:fs';
import { packagesOf, packagesPage } from './packages-page.ts';

// `npm run packages`: writes the packages that the bot runs with, and their licences, into docs/packages.md.
writeFileSync('docs/packages.md', packagesPage(packagesOf(readFileSync('package-lock.json', 'utf8'))));
