import type { APIEmbed } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect } from 'vitest';

const pieces = fc.constantFrom(
  'word ',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '🎬',
  'e\u0301\u0323\u0302',
  'العربية ',
  '\u202eabc',
  '漢字',
  '**bold**',
  '||spoiler||',
  '@everyone',
  '<@123456789012345678>',
  '<#1>',
  '`code`',
  '[a](https://b.c)',
  '\\',
  '~',
  '=',
  '\u200b',
  '%',
);

/** Text as hostile as people make it, up to some length; never empty. */
export const hostile = (most: number) =>
  fc
    .tuple(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 20 })), { maxLength: 12 }),
      fc.nat(most),
    )
    .map(([parts, length]) => {
      const text = `x${parts.join('')}`;
      return text.repeat(Math.ceil(length / text.length) || 1);
    });

/** Whether no character outside the basic plane was cut in two. */
export const isWhole = (text: string) => text.isWellFormed();

/** That an embed is one that Discord takes: docs "Message", embed limits. */
export function expectToFit({ title = '', description = '', fields = [], footer }: APIEmbed): void {
  expect(title.length).toBeLessThanOrEqual(256);
  expect(description.length).toBeLessThanOrEqual(4096);
  expect(fields.length).toBeLessThanOrEqual(25);
  for (const { name, value } of fields) {
    expect(name.length).toBeGreaterThan(0);
    expect(name.length).toBeLessThanOrEqual(256);
    expect(value.length).toBeGreaterThan(0);
    expect(value.length).toBeLessThanOrEqual(1024);
  }
  expect(footer?.text.length ?? 1).toBeGreaterThan(0);
  expect(footer?.text.length ?? 0).toBeLessThanOrEqual(2048);
  const parts = [
    title,
    description,
    footer?.text ?? '',
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  expect(parts.join('').length).toBeLessThanOrEqual(6000);
  for (const part of parts) expect(isWhole(part)).toBe(true);
}
