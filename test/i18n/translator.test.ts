import { Locale } from 'discord-api-types/v10';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { catalogueOf, english, translated } from './support.ts';

const onlyEnglish = catalogueOf({ en: english });
const withGerman = catalogueOf({
  en: english,
  de: translated({ 'topic.cast': 'Besetzung', 'card.as-of': 'Stand: {date}' }),
});

describe('a second language in the catalogue', () => {
  const german = withGerman.in('de');

  test('is spoken to a reader of that locale', () => {
    expect(german.words).toBe('de');
    expect(german.say('topic.cast')).toBe('Besetzung');
    expect(german.say('card.as-of', { date: german.date('2025-06-06') })).toBe('Stand: 6. Juni 2025');
  });

  test('is used for lists and countries', () => {
    expect(german.list(['A', 'B', 'C'])).toBe('A, B und C');
    expect(german.region('JP')).toBe('Japan');
    expect(german.region('US')).toBe('Vereinigte Staaten');
  });

  test('is not spoken to other readers', () => {
    expect(withGerman.in('en-US').say('topic.cast')).toBe('Cast');
    expect(withGerman.in('fr').say('topic.cast')).toBe('Cast');
  });

  test('is spoken to a reader of a regional locale', () => {
    expect(withGerman.in('de-AT').say('topic.cast')).toBe('Besetzung');
    expect(withGerman.in('de-AT').locale).toBe('de-AT');
  });

  test('is used for prose that is translated, English for the rest', () => {
    expect(german.pick({ en: 'A film', de: 'Ein Film' })).toBe('Ein Film');
    expect(german.pick({ en: 'A film' })).toBe('A film');
  });
});

describe('a date is written as exactly as it is known, in the reader’s locale where it is of the language spoken', () => {
  test.each([
    ['en-US', '2025-06-06', 'June 6, 2025'],
    ['en-US', '2025-09', 'September 2025'],
    ['en-US', '2025', '2025'],
    ['en-GB', '2025-06-06', '6 June 2025'],
    ['de', '2025-06-06', '6. Juni 2025'],
    ['de', '2025-09', 'September 2025'],
    ['de', '2025', '2025'],
    ['fr', '2025-08-22', '22 août 2025'],
    ['es-ES', '2024-02-22', '22 de febrero de 2024'],
    ['ko', '2025-06-06', '2025년 6월 6일'],
  ])('%s: %s is %s', (locale, date, told) => {
    const language = locale.split('-')[0] ?? '';
    const catalogue = catalogueOf({ en: english, ...(language !== 'en' && { [language]: translated({}) }) });
    expect(catalogue.in(locale).date(date)).toBe(told);
  });

  test.each(['Pacific/Apia', 'America/Los_Angeles', 'Asia/Tokyo'])(
    'also where the machine is in %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      onTestFinished(() => void vi.unstubAllEnvs());
      expect(catalogueOf({ en: english }).in('en-US').date('2025-06-06')).toBe('June 6, 2025');
    },
  );
});

describe('a reader without a catalogue of their own', () => {
  const german = onlyEnglish.in('de');

  test('gets English as a whole, dates, amounts and places included', () => {
    expect(german.words).toBe('en');
    expect(german.say('card.as-of', { date: german.date('2025-06-06') })).toBe('As known on June 6, 2025');
    expect(german.shortDate('2025-06-06')).toBe('Jun 6, 2025');
    expect(german.usd(137_200_000)).toBe('$137.2M');
    expect(german.region('HK')).toBe('Hong Kong');
  });

  test('gets English lists', () => {
    expect(german.list(['A', 'B'])).toBe('A and B');
  });
});

test.each(Object.values(Locale))('Discord’s locale %s has a language', (locale) => {
  const language = withGerman.in(locale);
  expect(language.date('2025-06-06')).toMatch(/2025|2568/);
  expect(language.number(1234)).not.toBe('');
  expect(language.region('001')).not.toBe('001');
  expect(language.say('cast.lead', { actor: 'A', count: 2 })).toContain('A');
});

test.each(['', 'x', 'not a locale', '../../etc'])('the unknown locale "%s" gets English', (locale) => {
  expect(onlyEnglish.in(locale).date('2025-06-06')).toBe('June 6, 2025');
});

test('amounts and numbers are written short', () => {
  const { usd, number } = onlyEnglish.in('en-US');
  expect(usd(137_200_000)).toMatch(/^\$137\.2( million|M)$/);
  expect(number(3409)).toBe('3,409');
});

test('the region of the whole world is written in words', () => {
  expect(onlyEnglish.in('en-US').region('001')).toBe('worldwide');
});
