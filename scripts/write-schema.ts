import { mkdirSync, writeFileSync } from 'node:fs';
import { jsonSchemas } from '../src/knowledge/json-schemas.ts';

// `npm run data:schema`: writes the JSON schemas that editors use for completion in `data/`.
mkdirSync('data/schema', { recursive: true });
for (const [file, text] of Object.entries(jsonSchemas())) writeFileSync(`data/schema/${file}`, text);
