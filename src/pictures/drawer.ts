import { readFile } from 'node:fs/promises';
import type { Node } from '@takumi-rs/core';
import type { PostPicture } from '../countdown/picture.ts';
import { designOf, SIZE } from './design.ts';
import { createFontChoice, type FontChoice } from './fonts.ts';
import { withoutUnknown } from './known-letters.ts';
import type { Draw } from './picture-cache.ts';

/** Renders a design as a PNG file with the fonts that its text needs. */
export type RenderDesign = (design: Node, fonts: FontChoice, locale: string) => Promise<Uint8Array>;

/** Creates the drawer of pictures. It reads the fonts and loads the renderer at the first picture, not before. */
export function createDrawer(render: RenderDesign = renderDesign): Draw {
  const chooseFonts = createFontChoice();
  return async (picture) => {
    const fonts = await chooseFonts(textOf(picture), picture.locale);
    return render(designOf(withoutUnknown(picture, fonts.unknown)), fonts, picture.locale);
  };
}

/** Returns all characters that a picture may have: some texts are in capitals, and one that is cut has an ellipsis. */
function textOf({ heading, title, figure, unit = '', date, was = '', place = '', locale }: PostPicture) {
  const text = [heading, title, figure, unit, date, was, place, '…'].join('');
  return text + text.toLocaleUpperCase(locale);
}

/** A renderer is made for each picture: what earlier pictures loaded neither changes it nor stays in memory. */
const renderDesign: RenderDesign = async (design, { files, families }, locale) => {
  const { Renderer } = await import('@takumi-rs/core');
  const renderer = new Renderer({ cacheMaxBytes: 0 });
  for (const { family, path, ranges } of files)
    await renderer.registerFont({ name: family, data: await readFile(path), unicodeRange: ranges });
  return renderer.render(design, { ...SIZE, format: 'png', fontFamilies: [...families], lang: locale });
};
