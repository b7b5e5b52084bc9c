const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the reader asked for nothing to move. */
export const isStill = () => reduced.matches;
