import { readFileSync, writeFileSync } from 'node:fs';
import { loadData } from '../src/knowledge/load.ts';
import { withStoredFields } from '../src/privacy/page.ts';

// `npm run privacy`: writes the stored fields into PRIVACY.md, from their schemas.
const { catalogue } = loadData('data');
writeFileSync('PRIVACY.md', withStoredFields(readFileSync('PRIVACY.md', 'utf8'), catalogue.in('en')));
