const narrow = matchMedia('(max-width: 760px)');

/** Whether the window is as narrow as a phone: the side columns are drawers, and the clock has one button. */
export const isNarrow = () => narrow.matches;

/** Calls back whenever that changes. */
export const onNarrowChange = (redraw: () => void) => narrow.addEventListener('change', redraw);
