import { now, type State } from './store.ts';

/** Discord's colours for people without a picture, dark enough for white letters. */
const COLOURS = ['#4752c4', '#747f8d', '#2d7d46', '#b05a10', '#c03537', '#b5367f', '#7045af', '#0f7b8a'];

/** The letter that stands for a name, and its colour. */
export function initial(name: string): { letter: string; colour: string } {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const colour = COLOURS[sum % COLOURS.length] ?? '';
  return { letter: (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '•').toUpperCase(), colour };
}

/** A picture for a name: its first letter on a colour, drawn here, as nothing is fetched from anywhere. */
export function avatar(name: string): string {
  const { letter, colour } = initial(name);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/><text x="20" y="27" font-family="sans-serif" font-size="19" font-weight="600" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Whether the bot is the one that the page can introduce: it has all commands of the introduction. */
export const isIntroduced = ({ world, introduction }: State): boolean =>
  introduction.prompts.every(({ command }) =>
    world.commands.some(({ name }) => command.startsWith(`/${name} `)),
  );

/** The picture of a user: the bot's own face, or a letter. */
export const pictureOf = (id: string, name: string): string =>
  id === now().world.bot.id && isIntroduced(now()) ? now().introduction.face : avatar(name);
