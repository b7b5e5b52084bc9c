import { Locale } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOCALES, parseLocale } from '../../src/discord/locales.ts';
import { HOSTILE } from '../countdown/hostile.ts';

test('every Discord locale is found by its code and its names', () => {
  for (const { locale, names } of LOCALES)
    for (const name of [locale, locale.toLowerCase(), ...names]) expect(parseLocale(name), name).toBe(locale);
});

test.each([
  ['Deutsch', 'de'],
  ['german', 'de'],
  ['English', 'en-US'],
  ['british', 'en-GB'],
  ['Español', 'es-ES'],
  ['spanish', 'es-ES'],
  ['chinese', 'zh-CN'],
  ['pt', 'pt-BR'],
  ['日本語', 'ja'],
])('“%s” is %s', (typed, locale) => {
  expect(parseLocale(typed)).toBe(locale);
});

test.each(['Klingon', 'e', 'xx', '', '***', '__proto__'])('“%s” is not a locale', (typed) => {
  expect(parseLocale(typed)).toBeUndefined();
});

test('any text is parsed as a Discord locale or none', () => {
  const known: readonly (string | undefined)[] = [undefined, ...Object.values(Locale)];
  fc.assert(
    fc.property(HOSTILE, (typed) => {
      expect(known).toContain(parseLocale(typed));
    }),
  );
});
