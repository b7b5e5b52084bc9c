import type { Language } from '../i18n/translator.ts';

/** What people type for a country besides its name and its code. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  US: ['USA', 'America', 'United States of America'],
  GB: ['UK', 'Britain', 'Great Britain', 'England'],
};

/** Returns the names under which a region may be typed. */
export function regionNames(language: Language, code: string): string[] {
  const own = new Intl.DisplayNames([language.locale], { type: 'region' }).of(code);
  return [language.region(code), code, ...(SPOKEN[code] ?? []), ...(own ? [own] : [])];
}
