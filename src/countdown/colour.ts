/** The colours that have a name, as #rrggbb. */
export const COLOURS = {
  gold: '#d4af5a',
  red: '#e5484d',
  crimson: '#c8234a',
  orange: '#f0883e',
  yellow: '#f2cc4d',
  green: '#46a758',
  teal: '#2fb5a5',
  blue: '#4c8dff',
  purple: '#9d6bff',
  pink: '#ec6cb9',
  silver: '#c3c8d0',
  white: '#ffffff',
} as const;
/** The name of a colour. */
export type ColourName = keyof typeof COLOURS;

const isName = (text: string): text is ColourName => Object.hasOwn(COLOURS, text);

/** Returns a typed colour as #rrggbb: "#1e90ff", "1e90ff", "#19f" or "blue"; undefined where it is none. */
export function parseColour(typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  if (isName(text)) return COLOURS[text];
  const [, short, long] = /^#?(?:([0-9a-f]{3})|([0-9a-f]{6}))$/.exec(text) ?? [];
  const digits = long ?? (short && [...short].map((digit) => digit + digit).join(''));
  return digits && `#${digits}`;
}
