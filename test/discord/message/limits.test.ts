import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, createEmbed, fitChoices, fitLines, packLines } from '../../../src/discord/message/limits.ts';
import { expectToFit, hostile, isWhole } from '../support.ts';

const graphemes = (text: string) => [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
const more = (left: number) => `… and ${left} more`;

describe('a clipped text', () => {
  test('fits, and ends with whole characters and an ellipsis', () => {
    fc.assert(
      fc.property(hostile(300), fc.integer({ min: 1, max: 200 }), (text, most) => {
        const cut = clip(text, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(isWhole(cut)).toBe(true);
        if (cut === text) return;
        expect(cut.endsWith('…')).toBe(true);
        const kept = graphemes(cut.slice(0, -1));
        expect(graphemes(text).slice(0, kept.length)).toEqual(kept);
      }),
    );
  });

  test('is unchanged if it fits', () => {
    fc.assert(
      fc.property(hostile(200), (text) => {
        expect(clip(text, text.length)).toBe(text);
      }),
    );
  });

  test('does not split emoji sequences', () => {
    expect(clip('ab👩‍👩‍👧‍👦cd', 6)).toBe('ab…');
  });
});

/** The line itself, or its beginning with a mark, without a spoiler that is cut open. */
function expectCutOf(line: string, shown: string) {
  if (shown === line) return;
  expect(shown.endsWith('…')).toBe(true);
  expect(line.startsWith(shown.slice(0, -1))).toBe(true);
  const bars = (text: string) => text.split('||').length - 1;
  expect(bars(shown) % 2).toBe(0);
}

describe('lines packed into blocks', () => {
  test('fit, keep their order, and none is lost', () => {
    fc.assert(
      fc.property(
        fc.array(hostile(300), { maxLength: 30 }),
        fc.integer({ min: 40, max: 400 }),
        (lines, most) => {
          const blocks = packLines(lines, most);
          const packed = blocks.flat();
          expect(packed).toHaveLength(lines.length);
          for (const [at, line] of lines.entries()) expectCutOf(line, packed[at] ?? '');
          for (const block of blocks) expect(block.join('\n').length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

describe('as many lines as fit', () => {
  test('fit, and the others are counted', () => {
    const short = fc.array(hostile(60), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(short, fc.integer({ min: 200, max: 600 }), (lines, most) => {
        const text = fitLines(lines, most, more);
        expect(text.length).toBeLessThanOrEqual(most);
        const left = Number(/… and (\d+) more$/.exec(text)?.[1] ?? 0);
        const kept = lines.slice(0, lines.length - left);
        expect(text).toBe([...kept, ...(left > 0 ? [more(left)] : [])].join('\n'));
      }),
    );
  });
});

describe('an embed', () => {
  const section = fc.record({
    heading: fc.option(hostile(300), { nil: undefined }),
    lines: fc.array(hostile(1500), { maxLength: 20 }),
  });
  const parts = fc.record({
    title: hostile(400),
    sections: fc.array(section, { maxLength: 30 }),
    footer: fc.oneof(fc.constant(''), hostile(3000)),
  });

  test('is within Discord’s limits, whatever its content', () => {
    fc.assert(
      fc.property(parts, ({ title, sections, footer }) => {
        const given = sections.map(({ heading, lines }) => (heading ? { heading, lines } : { lines }));
        expectToFit(createEmbed({ title, sections: given, footer, color: 1, more }));
      }),
      { numRuns: 150 },
    );
  });

  test('with little content is complete', () => {
    const few = fc.array(
      fc.record({ heading: hostile(20), lines: fc.array(hostile(60), { minLength: 1, maxLength: 4 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(few, (sections) => {
        const embed = createEmbed({ title: 't', sections, footer: 'f', color: 1, more });
        expect(embed.fields ?? []).toEqual(
          sections.map(({ heading, lines }) => ({ name: heading, value: lines.join('\n') })),
        );
      }),
    );
  });

  test('counts the lines of a section that do not fit', () => {
    const lines = Array.from({ length: 900 }, (_, at) => `line ${at}`);
    const embed = createEmbed({
      title: 't',
      sections: [{ heading: 'h', lines }],
      footer: 'f',
      color: 1,
      more,
    });
    const text = (embed.fields ?? []).map(({ value }) => value).join('\n');
    const shown = text.match(/^line/gm)?.length ?? 0;
    expect(text).toContain(more(lines.length - shown));
  });
});

test('choices are at most 25, each within the limits of name and value', () => {
  const choice = fc.record({
    name: hostile(150),
    value: fc.oneof(hostile(90), hostile(150), fc.constant('')),
  });
  fc.assert(
    fc.property(fc.array(choice, { maxLength: 40 }), (choices) => {
      const fitting = fitChoices(choices);
      expect(fitting.length).toBeLessThanOrEqual(25);
      for (const { name, value } of fitting) {
        expect(name.length).toBeLessThanOrEqual(100);
        expect(isWhole(name)).toBe(true);
        expect(value.length).toBeLessThanOrEqual(100);
        expect(choices.map((choice) => choice.value)).toContain(value);
      }
    }),
  );
});
