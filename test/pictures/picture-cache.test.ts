import { expect, test } from 'vitest';
import type { PostPicture } from '../../src/countdown/picture.ts';
import { createPictures, type Draw } from '../../src/pictures/picture-cache.ts';
import { VARIANTS } from './variants.ts';

const picture = (title: string) => ({ ...VARIANTS['thirty days'], title }) as PostPicture;

/** Pictures over a drawer that counts, and what was logged. */
function over(draw: Draw, size = 2) {
  const drawn: string[] = [];
  const warnings: unknown[] = [];
  const pictures = createPictures({
    draw: (given) => {
      drawn.push(given.title);
      return draw(given);
    },
    log: { warn: (...given: unknown[]) => void warnings.push(given) } as never,
    size,
    timeoutMs: 20,
  });
  return { pictures, drawn, warnings };
}

const bytes = async () => new Uint8Array([1]);

test('a picture that many posts need at once is drawn once', async () => {
  const { pictures, drawn } = over(bytes);
  await Promise.all([pictures(picture('a')), pictures(picture('a')), pictures(picture('a'))]);
  expect(drawn).toEqual(['a']);
});

test('another text, language or day count is another picture', async () => {
  const { pictures, drawn } = over(bytes, 9);
  const given = picture('a');
  for (const other of [given, { ...given, locale: 'de' }, { ...given, figure: '29' }]) await pictures(other);
  expect(drawn).toHaveLength(3);
});

test('of too many pictures those used last are kept', async () => {
  const { pictures, drawn } = over(bytes);
  for (const title of ['a', 'b', 'a', 'c', 'a', 'b']) await pictures(picture(title));
  expect(drawn).toEqual(['a', 'b', 'c', 'b']);
});

test.each([
  ['a drawer that fails', () => Promise.reject(new Error('no font'))],
  [
    'a drawer that throws',
    () => {
      throw new Error('no module');
    },
  ],
  ['a drawer that never answers', () => new Promise<never>(() => {})],
] as [string, Draw][])('%s costs the picture, is logged, and is tried again', async (_, fail) => {
  let isBroken = true;
  const { pictures, drawn, warnings } = over((given) => (isBroken ? fail(given) : bytes()));
  expect(await pictures(picture('a'))).toBeUndefined();
  expect(warnings).toHaveLength(1);
  isBroken = false;
  expect(await pictures(picture('a'))).toEqual(new Uint8Array([1]));
  expect(drawn).toEqual(['a', 'a']);
});
