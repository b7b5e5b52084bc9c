import type { Node } from '@takumi-rs/core';
import type { PostPicture } from '../countdown/picture.ts';
import { INK, type Palette, paletteOf } from './palette.ts';

/** The size of a picture in pixels: twice what Discord shows on a desktop. */
export const SIZE = { width: 1200, height: 500 } as const;

const IVORY = '#f5efe0';
const STONE = '#9c9382';

/** The diameter of the coin, and the room for the text beside it. */
const COIN = 372;
const EDGE = 3;
const TEXT_WIDTH = 656;

type Style = NonNullable<Node['style']>;

const box = (style: Style, children: Node[]): Node => ({
  type: 'container',
  style: { display: 'flex', ...style },
  children,
});
const line = (text: string, style: Style): Node => ({ type: 'text', text, style });

/** Returns the picture as a tree of boxes and texts: a coin with the days left, and beside it what is counted to. */
export function designOf(picture: PostPicture): Node {
  const isFestive = picture.mood === 'festive';
  const palette = paletteOf(picture.accent);
  return box(
    {
      ...SIZE,
      position: 'relative',
      backgroundImage: isFestive ? palette.nightWithLight : palette.night,
      alignItems: 'center',
      paddingLeft: 78,
      paddingRight: 66,
      gap: 62,
      color: IVORY,
    },
    [
      ...(isFestive ? [flecks(palette)] : []),
      frame(palette),
      coin(picture, palette),
      words(picture, palette),
    ],
  );
}

/** A thin border inside the edge. */
const frame = (palette: Palette): Node =>
  box({ position: 'absolute', inset: 22, border: `1px solid ${palette.frame}`, borderRadius: 6 }, []);

function coin({ mood, figure: figureText, unit: unitText, locale }: PostPicture, palette: Palette): Node {
  const figure = figureText.toLocaleUpperCase(locale);
  const unit = unitText?.toLocaleUpperCase(locale);
  const isFestive = mood === 'festive';
  const size = figureSize(figure, unit !== undefined);
  return box(
    {
      width: COIN,
      height: COIN,
      flexShrink: 0,
      borderRadius: COIN / 2,
      position: 'relative',
      flexDirection: 'column',
      alignItems: 'center',
      justifyContent: 'center',
      ...(isFestive ? { backgroundImage: palette.fill } : { border: `${EDGE}px solid ${palette.accent}` }),
    },
    [
      isFestive ? rim(INK, { left: 0, top: 0 }) : rim(palette.accent, { left: -EDGE, top: -EDGE }),
      line(figure, {
        fontSize: size,
        fontWeight: 600,
        lineHeight: 1.12,
        letterSpacing: size > 160 ? -3 : 0,
        maxWidth: COIN - 62,
        textAlign: 'center',
        ...(isFestive
          ? { color: INK }
          : { backgroundImage: palette.fill, backgroundClip: 'text', color: 'transparent' }),
      }),
      ...(unit
        ? [line(unit, { ...unitStyle(unit, isFestive ? INK : palette.pale), marginTop: size > 160 ? -4 : 8 })]
        : []),
    ],
  );
}

function unitStyle(unit: string, color: string): Style {
  return {
    fontSize: fitted(unit, [
      [9, 30],
      [12, 24],
      [Number.POSITIVE_INFINITY, 19],
    ]),
    fontWeight: 400,
    letterSpacing: 3,
    maxWidth: COIN - 110,
    textAlign: 'center',
    lineHeight: 1.25,
    color,
  };
}

/** The ring of dashes near the edge of the coin. */
function rim(color: string, place: Style): Node {
  const middle = COIN / 2;
  const ring = (radius: number, width: number, dash: string) =>
    `<circle cx="${middle}" cy="${middle}" r="${radius}" fill="none" stroke="${color}" stroke-width="${width}" ${dash}/>`;
  const radius = middle - 17;
  const step = (2 * Math.PI * radius) / 120;
  const marks = ring(radius, 9, `stroke-dasharray="2 ${(step - 2).toFixed(4)}" stroke-opacity="0.75"`);
  return svg(COIN, COIN, marks + ring(middle - 30, 1.2, 'stroke-opacity="0.6"'), place);
}

/** The golden flecks of a festive picture; always the same ones. */
function flecks({ pale }: Palette): Node {
  const marks = Array.from({ length: 110 }, (_, index) => {
    const x = (index * 389.7 + 53) % SIZE.width;
    const y = (index * 211.3 + 31) % SIZE.height;
    if (isBehindText(x, y)) return '';
    const size = 2 + ((index * 7) % 5);
    const turn = (index * 47) % 180;
    const shine = (0.16 + ((index * 13) % 10) / 22).toFixed(2);
    return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${size * 2}" height="${size}" rx="1" fill="${pale}" fill-opacity="${shine}" transform="rotate(${turn} ${x.toFixed(1)} ${y.toFixed(1)})"/>`;
  }).join('');
  return svg(SIZE.width, SIZE.height, marks, { left: 0, top: 0 });
}

/** Whether a fleck would make the text beside the coin harder to read. */
const isBehindText = (x: number, y: number) => x > 490 && x < 940 && y > 70 && y < 430;

const svg = (width: number, height: number, content: string, place: Style): Node => ({
  type: 'image',
  src: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`,
  width,
  height,
  style: { position: 'absolute', width, height, ...place },
});

function words({ heading, title, date, was, place, locale }: PostPicture, palette: Palette): Node {
  return box({ flexDirection: 'column', width: TEXT_WIDTH, justifyContent: 'center' }, [
    line(heading.toLocaleUpperCase(locale), {
      fontSize: 25,
      fontWeight: 400,
      letterSpacing: 6,
      color: palette.accent,
      ...cut(1),
    }),
    ...(title ? [line(title, titleStyle(title))] : []),
    box(
      {
        width: 84,
        height: 3,
        marginTop: 22,
        marginBottom: 20,
        backgroundImage: `linear-gradient(90deg, ${palette.accent}, ${palette.accent})`,
      },
      [],
    ),
    ...(was ? [line(was, { fontSize: 30, color: STONE, textDecoration: 'line-through', ...cut(1) })] : []),
    line(date, {
      fontSize: fitted(date, [
        [22, 46],
        [30, 40],
        [Number.POSITIVE_INFINITY, 34],
      ]),
      fontWeight: 400,
      color: was ? palette.pale : IVORY,
      lineHeight: 1.3,
      ...cut(1),
    }),
    ...(place ? [line(place, { fontSize: 27, fontWeight: 300, color: STONE, marginTop: 4, ...cut(1) })] : []),
  ]);
}

function titleStyle(title: string): Style {
  return {
    marginTop: 10,
    fontWeight: 600,
    lineHeight: 1.18,
    color: IVORY,
    fontSize: fitted(title, [
      [10, 104],
      [16, 84],
      [24, 68],
      [52, 56],
      [Number.POSITIVE_INFINITY, 46],
    ]),
    ...cut(3),
  };
}

/** At most so many lines: the rest is cut, with an ellipsis. */
const cut = (lines: number): Style => ({ lineClamp: lines, textOverflow: 'ellipsis', maxWidth: TEXT_WIDTH });

/** Returns the size of the largest text in the coin. */
function figureSize(figure: string, hasUnit: boolean): number {
  const width = widthOf(figure);
  const widest = hasUnit ? 196 : 168;
  return Math.min(widest, Math.floor((COIN - 104) / (width * 0.5)));
}

/** Returns the size for a text of that width, from a list of the widest text of each size. */
function fitted(text: string, sizes: readonly (readonly [width: number, size: number])[]): number {
  const width = widthOf(text);
  return (sizes.find(([most]) => width <= most) ?? sizes.at(-1))?.[1] ?? 0;
}

/** Returns the width of a text in letters of the Latin alphabet: those of East Asia are twice as wide. */
function widthOf(text: string): number {
  const letters = [...text.matchAll(/\P{M}/gu)].map(([letter]) => letter);
  return letters.reduce((sum, letter) => sum + (WIDE.test(letter) ? 2.1 : 1), 0);
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff00-\uffef]/u;
