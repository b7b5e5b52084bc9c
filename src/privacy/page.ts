import type { Language } from '../i18n/translator.ts';
import { storedKinds } from './kinds.ts';

const BEGIN = '<!-- What is stored: written by npm run privacy -->';
const END = '<!-- End of what is stored -->';

/** Returns the text of `PRIVACY.md` with its tables of stored fields made anew. */
export function withStoredFields(page: string, { say }: Language): string {
  const tables = storedKinds().map(({ kind, fields }) => {
    const rows = fields.map(({ path, about }) => `| \`${path}\` | ${about} |`);
    return [
      `### ${say(`concierge.kind.${kind}`)}`,
      '',
      '| field | what it is |',
      '| --- | --- |',
      ...rows,
    ].join('\n');
  });
  const before = page.slice(0, page.indexOf(BEGIN));
  const after = page.slice(page.indexOf(END));
  return `${before}${BEGIN}\n\n${tables.join('\n\n')}\n\n${after}`;
}
