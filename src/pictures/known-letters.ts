import type { PostPicture } from '../countdown/picture.ts';

/**
 * Returns a picture without the characters that no font has, so that there are no boxes in their place. A title that would lose letters is left out as
 * a whole: the sentence of the post has it.
 */
export function withoutUnknown(picture: PostPicture, unknown: ReadonlySet<string>): PostPicture {
  if (unknown.size === 0) return picture;
  const { title, place } = picture;
  return { ...picture, title: filter(title, unknown), place: place && filter(place, unknown) };
}

function filter(text: string, unknown: ReadonlySet<string>): string {
  const letters = [...text];
  if (letters.some((letter) => unknown.has(letter) && /[\p{L}\p{N}]/u.test(letter))) return '';
  return letters
    .filter((letter) => !unknown.has(letter))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
