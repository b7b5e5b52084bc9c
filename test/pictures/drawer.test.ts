import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { PostPicture } from '../../src/countdown/picture.ts';
import { SIZE } from '../../src/pictures/design.ts';
import { createDrawer, type RenderDesign } from '../../src/pictures/drawer.ts';
import { VARIANTS } from './variants.ts';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const variant = (name: string): PostPicture => {
  const picture = VARIANTS[name];
  if (!picture) throw new Error(`no variant ${name}`);
  return picture;
};

/** What is drawn of a picture: its texts in their order, and the families of the fonts. */
async function drawn(picture: PostPicture): Promise<{ texts: string[]; families: string[] }> {
  const texts: string[] = [];
  let families: string[] = [];
  const collect = (node: Parameters<RenderDesign>[0]): void => {
    if ('text' in node && node.text) texts.push(node.text);
    if ('children' in node) for (const child of node.children ?? []) collect(child);
  };
  const render: RenderDesign = async (design, fonts) => {
    collect(design);
    families = [...new Set(fonts.files.map(({ family }) => family))];
    return new Uint8Array();
  };
  await createDrawer(render)(picture);
  return { texts, families };
}

test.each(Object.keys(VARIANTS))(
  '%s is a PNG of the same size, small enough to be sent to many',
  async (name) => {
    const bytes = await createDrawer()(variant(name));
    const view = Buffer.from(bytes);
    expect(view.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([view.readUInt32BE(16), view.readUInt32BE(20)]).toEqual([SIZE.width, SIZE.height]);
    expect(bytes.length).toBeLessThan(150_000);
  },
);

test('the same texts give the same bytes, whatever was drawn before, also in another process', async () => {
  const draw = createDrawer();
  const first = hash(await draw(variant('Russian')));
  for (const name of ['Japanese', 'Greek', 'thirty days']) await draw(variant(name));
  expect(hash(await draw(variant('Russian')))).toBe(first);
  const script = `
    const { createDrawer } = await import('./src/pictures/drawer.ts');
    const { createHash } = await import('node:crypto');
    const bytes = await createDrawer()(JSON.parse(process.argv[1]));
    process.stdout.write(createHash('sha256').update(bytes).digest('hex'));`;
  const run = promisify(execFile);
  const args = ['--input-type=module', '--eval', script, JSON.stringify(variant('Russian'))];
  expect((await run(process.execPath, args)).stdout).toBe(first);
});

test('other texts give another picture', async () => {
  const draw = createDrawer();
  const hashes = new Set<string>();
  for (const picture of Object.values(VARIANTS)) hashes.add(hash(await draw(picture)));
  expect(hashes.size).toBe(Object.keys(VARIANTS).length);
});

test.each([
  ['Russian', 'Oswald'],
  ['Greek', 'Noto Sans'],
  ['Japanese', 'Noto Sans JP'],
  ['Chinese', 'Noto Sans SC'],
  ['Korean', 'Noto Sans KR'],
  ['Thai', 'Noto Sans Thai'],
])('%s is set in %s', async (name, family) => {
  const { texts, families } = await drawn(variant(name));
  expect(families).toContain(family);
  expect(texts).toContain(variant(name).title);
});

test('only the files of the letters in the picture are read', async () => {
  expect((await drawn(variant('thirty days'))).families).toEqual(['Oswald']);
});

test.each([
  ['an emoji goes without leaving a gap', 'Party 🎬 night 🎉', ['Party night']],
  ['a title in letters that no font has is left out', 'ভালেরিনা party', []],
  ['a title of emoji alone is left out', '🎬🎉', []],
])('%s', async (_, title, shown) => {
  const known = await drawn({ ...variant('thirty days'), title });
  const without = await drawn({ ...variant('thirty days'), title: '' });
  expect(known.texts.filter((text) => !without.texts.includes(text))).toEqual(shown);
});
