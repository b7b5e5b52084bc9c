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

interface AnyComponent {
  type: number;
  content?: string;
  custom_id?: string;
  url?: string;
  label?: string;
  components?: AnyComponent[];
  accessory?: AnyComponent;
}

/** Expects that Discord takes these components of one message. Docs: "Component Reference". */
export function expectPanelToFit(components: readonly unknown[]): void {
  const all = (list: readonly AnyComponent[]): AnyComponent[] =>
    list.flatMap((component) => [
      component,
      ...all(component.components ?? []),
      ...all(component.accessory ? [component.accessory] : []),
    ]);
  const parts = all(components as AnyComponent[]);
  expect(parts.length).toBeLessThanOrEqual(40);
  const texts = parts.flatMap(({ content }) => content ?? []);
  expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(4000);
  for (const text of texts) expect(text.trim().length).toBeGreaterThan(0);
  const ids = parts.flatMap(({ custom_id }) => custom_id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { custom_id: id = '', url = '', label = '', type, components: inner = [] } of parts) {
    expect(id.length).toBeLessThanOrEqual(100);
    expect(url.length).toBeLessThanOrEqual(512);
    expect(label.length).toBeLessThanOrEqual(80);
    if (type === 1) expect(inner.length).toBeLessThanOrEqual(5);
  }
}
