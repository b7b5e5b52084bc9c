import { Locale } from 'discord-api-types/v10';
import type { Language } from '../i18n/translator.ts';
import { findUnique, matchesByPrefix, normalize, type Searchable } from '../lib/search.ts';

/** A locale of Discord, with its names. */
export interface NamedLocale extends Searchable {
  locale: string;
}

const nameIn = (words: string, locale: string) =>
  new Intl.DisplayNames(words, { type: 'language' }).of(locale) ?? locale;

/** Discord's locales, searchable by code, by English name and by their name in their own language. */
export const LOCALES: readonly NamedLocale[] = Object.values(Locale).map((locale) => ({
  locale,
  names: [locale, nameIn('en', locale), nameIn(locale, locale)],
}));

/** Parses a locale by its code or name; undefined where several languages fit. English alone means the first, en-US. */
export function parseLocale(typed: string): string | undefined {
  const unique = findUnique(LOCALES, typed);
  if (unique) return unique.locale;
  const matches = LOCALES.filter(({ names }) =>
    names.some((name) => matchesByPrefix(normalize(name), normalize(typed))),
  );
  const languages = new Set(matches.map(({ locale }) => locale.split('-')[0]));
  return languages.size === 1 ? matches[0]?.locale : undefined;
}

/** Returns a locale's name, in the language of the reader and in its own: "German (Deutsch)". */
export function localeName({ words }: Language, locale: string): string {
  const [name, own] = [nameIn(words, locale), nameIn(locale, locale)];
  return name === own ? name : `${name} (${own})`;
}
