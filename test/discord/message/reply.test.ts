import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCustomId, parseCustomId, VERBS } from '../../../src/discord/message/custom-id.ts';
import { inlineCode, quote } from '../../../src/discord/message/format.ts';
import { type Button, buttonRows, ephemeral, ephemeralText } from '../../../src/discord/message/reply.ts';
import { hostile, isWhole } from '../support.ts';

const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((text) => !(text in {}));
const path = fc.stringMatching(/^[a-z]{1,12}\/[a-z]{1,12}$/);
const verb = fc.constantFrom(...VERBS);

describe('button rows', () => {
  const button: fc.Arbitrary<Button> = fc.record({
    verb,
    path,
    label: hostile(120),
    options: fc.dictionary(name, fc.string({ unit: 'grapheme', maxLength: 80 }), { maxKeys: 3 }),
  });

  test('are within Discord’s limits', () => {
    fc.assert(
      fc.property(fc.array(fc.array(button, { maxLength: 8 }), { maxLength: 4 }), (rows) => {
        const made = buttonRows(rows);
        const buttons = made.flatMap(({ components }) =>
          components.filter((component) => 'custom_id' in component),
        );
        expect(new Set(buttons.map(({ custom_id }) => custom_id)).size).toBe(buttons.length);
        for (const { components } of made) {
          expect(components.length).toBeGreaterThan(0);
          expect(components.length).toBeLessThanOrEqual(5);
        }
        for (const { custom_id, label = '' } of buttons) {
          expect(custom_id.length).toBeLessThanOrEqual(100);
          expect(label.length).toBeLessThanOrEqual(80);
          expect(label.length).toBeGreaterThan(0);
          expect(isWhole(label)).toBe(true);
        }
      }),
    );
  });

  test('contain each button once', () => {
    const cast: Button = { verb: 'ask', path: 'ballerina/cast', options: {}, label: 'Cast' };
    const [row, ...others] = buttonRows([[cast, { ...cast, label: 'Cast again' }], [cast]]);
    expect(row?.components.map(({ label }) => label)).toEqual(['Cast']);
    expect(others).toEqual([]);
  });
});

describe('a custom id', () => {
  test('is parsed to what was put into it', () => {
    const value = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .filter((text) => text.isWellFormed() && !text.includes('~'));
    fc.assert(
      fc.property(
        verb,
        path,
        fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true }),
        (said, to, options) => {
          expect(parseCustomId(formatCustomId(said, to, options))).toMatchObject({
            verb: said,
            path: to,
            options,
          });
        },
      ),
    );
  });

  test('of something else is parsed as none, without an error', () => {
    fc.assert(
      fc.property(fc.oneof(hostile(120), fc.string({ unit: 'binary', maxLength: 100 })), (id) => {
        expect(parseCustomId(id)).toBeUndefined();
      }),
    );
  });

  test.each(['1~ask~ballerina/cast~PERSON=x', '1~ask~ballerina/cast/more', '1~ask~'])('%s is none', (id) => {
    expect(parseCustomId(id)).toBeUndefined();
  });

  test('with a broken escape has an empty value', () => {
    expect(parseCustomId('1~ask~ballerina/cast~person=%E0%A4%A')?.options).toEqual({ person: '' });
  });
});

describe('a person’s text', () => {
  /** What Discord would act on: markdown and mentions that no backslash stands before. */
  const live = (text: string) =>
    text.replace(/\\[^0-9A-Za-z\s]/g, '').match(/[*_~`|<>[\]()#@]|https?:/g) ?? [];

  test('escaped cannot format or mention', () => {
    fc.assert(
      fc.property(hostile(150), (text) => {
        const quoted = quote(text);
        expect(live(quoted)).toEqual([]);
        expect(quoted).not.toMatch(/[\n\r\u202a-\u202e\u200b]/);
        expect(isWhole(quoted)).toBe(true);
      }),
    );
  });

  test('escaped still shows the same text', () => {
    expect(quote('Ana de Armas')).toBe('Ana de Armas');
    expect(quote('  two\nlines ')).toBe('two lines');
  });

  test('in inline code cannot end it', () => {
    fc.assert(
      fc.property(hostile(800), (text) => {
        expect(inlineCode(text)).toMatch(/^`[^`\n]*`$/);
        expect(inlineCode(text).length).toBeLessThanOrEqual(602);
      }),
    );
  });
});

test('an ephemeral sentence is ephemeral, pings nobody and fits', () => {
  fc.assert(
    fc.property(hostile(5000), (text) => {
      const { content = '', ...rest } = ephemeralText(text);
      expect(content.length).toBeLessThanOrEqual(2000);
      expect(rest).toEqual({ allowed_mentions: { parse: [] }, flags: 64 });
    }),
    { numRuns: 30 },
  );
});

test('a reply made ephemeral keeps its other flags', () => {
  expect(ephemeral({ allowed_mentions: { parse: [] }, flags: 4 }).flags).toBe(68);
});
