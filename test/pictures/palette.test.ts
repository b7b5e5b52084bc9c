import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDrawer } from '../../src/pictures/drawer.ts';
import { contrast, INK, paletteOf } from '../../src/pictures/palette.ts';
import { createPictures } from '../../src/pictures/picture-cache.ts';
import { VARIANTS } from './variants.ts';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const THE_DAY = VARIANTS['the day'];
if (!THE_DAY) throw new Error('no such variant');

test('every accent can be read on its background, and dark text on it', () => {
  const colours = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colours, (colour) => {
      const { accent, night, nightWithLight, fill } = paletteOf(colour);
      const lightest = (gradient: string) => /#[0-9a-f]{6}/.exec(gradient)?.[0] ?? '';
      expect(contrast(accent, lightest(night))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent, lightest(nightWithLight))).toBeGreaterThanOrEqual(3);
      expect(contrast(accent, INK)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(lightest(fill), INK)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a light colour stays as it is, a dark one becomes lighter', () => {
  expect(paletteOf('#4c8dff').accent).toBe('#4c8dff');
  expect(paletteOf('#000000').accent).not.toBe('#000000');
});

test('a colour gives other bytes than gold, and always the same', async () => {
  const draw = createDrawer();
  const blue = { ...THE_DAY, accent: '#4c8dff' };
  const first = hash(await draw(blue));
  expect(first).not.toBe(hash(await draw(THE_DAY)));
  expect(hash(await createDrawer()(blue))).toBe(first);
});

test('pictures of different colours are kept apart, and no more of them than of others', async () => {
  let count = 0;
  const draw = async () => {
    count += 1;
    return new Uint8Array([count]);
  };
  const pictures = createPictures({ draw, log: { warn: () => {} }, size: 2 });
  const accents = ['#000001', '#000002', '#000002', '#000003', '#000001'];
  const drawn: number[] = [];
  for (const accent of accents) drawn.push((await pictures({ ...THE_DAY, accent }))?.[0] ?? 0);
  expect(drawn).toEqual([1, 2, 2, 3, 4]);
});
