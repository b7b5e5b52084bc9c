import { Locale } from 'discord-api-types/v10';
import type { Language } from '../i18n/translator.ts';
import { findUnique, matchesByPrefix, normalize, type Searchable } from '../lib/search.ts';

interface NamedLocale extends Searchable {
  locale: string;
}

const nameIn = (words: string, locale: string) =>
  new Intl.DisplayNames(words, { type: 'language' }).of(locale) ?? locale;

/** Discord's locales, findable by their codes and by what they are called in English and in themselves. */
export const LOCALES: readonly NamedLocale[] = Object.values(Locale).map((locale) => ({
  locale,
  names: [locale, nameIn('en', locale), nameIn(locale, locale)],
}));

/** The locale that was typed, by its code or its name; of one language in several countries, the first in the list. */
export function localeTyped(typed: string): string | undefined {
  const one = findUnique(LOCALES, typed);
  if (one) return one.locale;
  const fitting = LOCALES.filter(({ names }) =>
    names.some((name) => matchesByPrefix(normalize(name), normalize(typed))),
  );
  const languages = new Set(fitting.map(({ locale }) => locale.split('-')[0]));
  return languages.size === 1 ? fitting[0]?.locale : undefined;
}

/** "German (Deutsch)" */
export function localeName({ words }: Language, locale: string): string {
  const [name, own] = [nameIn(words, locale), nameIn(locale, locale)];
  return name === own ? name : `${name} (${own})`;
}
