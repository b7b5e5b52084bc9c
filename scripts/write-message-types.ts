import { readFileSync, writeFileSync } from 'node:fs';
import { messageTypes } from '../src/i18n/message-arguments.ts';

// `npm run messages:types`: writes the types of all messages and their arguments, from the English catalogue.
const english: Record<string, string> = JSON.parse(readFileSync('data/messages/en.json', 'utf8'));
writeFileSync('src/i18n/messages.generated.ts', messageTypes(english));
