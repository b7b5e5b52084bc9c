/** The colours of a picture. */
export interface Palette {
  /** Lines, the heading and the figure. */
  accent: string;
  /** Small text in the coin, and what is new. */
  pale: string;
  /** The fill of the coin and of the figure. */
  fill: string;
  /** Thin lines. */
  frame: string;
  /** The background. */
  night: string;
  /** The background on the day. */
  nightWithLight: string;
}

/** The text on a filled coin, and about the darkest of the background. */
export const INK = '#14110a';

/** Without a colour of the countdown's own. */
const GOLD: Palette = {
  accent: '#d4af5a',
  pale: '#f3dfa2',
  fill: 'linear-gradient(135deg, #f6e3a6 0%, #d4af5a 45%, #a37a2c 100%)',
  frame: 'rgba(212, 175, 90, 0.38)',
  night: 'radial-gradient(circle at 24% 50%, #2a2213 0%, #14110b 42%, #090807 100%)',
  nightWithLight: 'radial-gradient(circle at 24% 50%, #5a4519 0%, #221a0c 46%, #0b0907 100%)',
};

/** The least contrast of text with its background: WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

type Rgb = readonly [red: number, green: number, blue: number];
const WHITE: Rgb = [255, 255, 255];
const NIGHT: Rgb = [11, 9, 7];

/** Returns the colours of a picture: gold, or shades of the accent, #rrggbb. A dark accent is made lighter until it can be read. */
export function paletteOf(accentText: string | undefined): Palette {
  if (accentText === undefined) return GOLD;
  const accent = readable(rgbOf(accentText));
  const shade = (other: Rgb, share: number) => hexOf(mix(accent, other, share));
  return {
    accent: hexOf(accent),
    pale: shade(WHITE, 0.5),
    // Dark text stands on all of it, so that no part is darker than the accent.
    fill: `linear-gradient(135deg, ${shade(WHITE, 0.5)} 0%, ${hexOf(accent)} 100%)`,
    frame: `rgba(${accent.join(', ')}, 0.38)`,
    night: `radial-gradient(circle at 24% 50%, ${shade(NIGHT, 0.86)} 0%, ${shade(NIGHT, 0.96)} 42%, #090807 100%)`,
    nightWithLight: `radial-gradient(circle at 24% 50%, ${shade(NIGHT, 0.68)} 0%, ${shade(NIGHT, 0.9)} 46%, #0b0907 100%)`,
  };
}

/** The accent, or the first lighter one that can be read on the background, and on which dark text can be read. */
function readable(accent: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const lighter = mix(accent, WHITE, share);
    if (
      contrastOf(lighter, mix(lighter, NIGHT, 0.86)) >= LEAST_CONTRAST &&
      contrastOf(lighter, rgbOf(INK)) >= LEAST_CONTRAST
    )
      return lighter;
  }
  return WHITE;
}

/** Returns the contrast of two colours, #rrggbb, from 1 to 21. Docs: WCAG 2.2, "contrast ratio". */
export const contrast = (a: string, b: string): number => contrastOf(rgbOf(a), rgbOf(b));

function contrastOf(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const mixed = (one: number, other: number, share: number) => Math.round(one + (other - one) * share);

function mix(color: Rgb, other: Rgb, share: number): Rgb {
  return [
    mixed(color[0], other[0], share),
    mixed(color[1], other[1], share),
    mixed(color[2], other[2], share),
  ];
}

function rgbOf(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const hexOf = (color: Rgb) => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
