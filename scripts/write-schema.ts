import { mkdirSync, writeFileSync } from 'node:fs';
import { jsonSchemas } from '../src/knowledge/json-schemas.ts';

// `npm run data:schema`: the JSON schemas that give editors completion in `data/`.
mkdirSync('data/schema', { recursive: true });
for (const [file, text] of Object.entries(jsonSchemas())) writeFileSync(`data/schema/${file}`, text);
