import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { componentTexts } from '../../../scripts/answer-text.ts';
import { createPanel } from '../../../src/discord/message/panel.ts';
import { expectPanelToFit } from '../support.ts';

const button = fc.record({
  verb: fc.constantFrom('ask' as const, 'press' as const),
  path: fc.constantFrom('ballerina/cast', 'remind/me'),
  options: fc.dictionary(fc.constantFrom('title', 'release'), fc.string({ unit: 'grapheme', maxLength: 40 })),
  label: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
});
const line = fc.string({ unit: 'grapheme', maxLength: 900 });

describe('a panel', () => {
  test('is within Discord’s limits, whatever its content', () => {
    const content = fc.record(
      {
        title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
        blocks: fc.array(
          fc.record({ text: line, buttons: fc.array(button, { maxLength: 7 }) }, { requiredKeys: ['text'] }),
          { maxLength: 60 },
        ),
        small: fc.array(line, { maxLength: 3 }),
        rows: fc.array(fc.array(button, { maxLength: 9 }), { maxLength: 2 }),
      },
      { requiredKeys: ['title', 'blocks'] },
    );
    fc.assert(
      fc.property(content, (given) => {
        const { components = [], flags } = createPanel(given);
        expect(flags).toBe(32768);
        expectPanelToFit(components);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the small lines where the blocks take more room than there is', () => {
    const blocks = Array.from({ length: 30 }, (_, at) => ({ text: `${at} ${'x'.repeat(300)}` }));
    const { components = [] } = createPanel({ title: 'Title', blocks, small: ['-# Variety, 2024'] });
    const text = componentTexts(components).join('\n');
    expect(text).toMatch(/^### Title\n0 x/);
    expect(text).toMatch(/\n-# Variety, 2024$/);
  });

  test('has several buttons of a block in a row below it', () => {
    const buttonTo = (release: string) =>
      ({ verb: 'press', path: 'remind/me', options: { release }, label: release }) as const;
    const { components } = createPanel({
      title: 'Title',
      blocks: [{ text: 'item', buttons: [buttonTo('a'), buttonTo('b')] }, { text: 'next' }],
    });
    expect(components).toMatchObject([
      {
        components: [
          { type: 10, content: '### Title\nitem' },
          { type: 1, components: [{ label: 'a' }, { label: 'b' }] },
          { type: 10, content: 'next' },
        ],
      },
    ]);
  });

  test('has a button beside each block that has one, a file, and links', () => {
    const { components, files } = createPanel({
      title: 'Title',
      blocks: [
        { text: 'lead' },
        {
          text: 'item',
          buttons: [{ verb: 'press', path: 'remind/me', options: { release: 'x' }, label: 'Remind me' }],
        },
      ],
      file: { name: 'a.ics', type: 'text/calendar', data: 'BEGIN' },
      rows: [[{ url: 'https://youtu.be/x', label: 'Trailer' }]],
    });
    expect(files).toHaveLength(1);
    expect(components).toMatchObject([
      {
        type: 17,
        components: [
          { type: 10, content: '### Title\nlead' },
          {
            type: 9,
            components: [{ type: 10, content: 'item' }],
            accessory: { type: 2, label: 'Remind me' },
          },
          { type: 13, file: { url: 'attachment://a.ics' } },
          { type: 14 },
          { type: 1, components: [{ type: 2, style: 5, url: 'https://youtu.be/x' }] },
        ],
      },
    ]);
  });
});
