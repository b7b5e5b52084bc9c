import { html, svg, type TemplateResult } from 'lit';

/** Small pictures, drawn here: the page's font has no symbols, and a machine may have no other font. */
const icon = (shape: TemplateResult<2>) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.4">${shape}</svg>`;

/** The icon of an eye. */
export const eye = icon(
  svg`<path d="M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8z"/><circle cx="8" cy="8" r="2"/>`,
);
/** The icon of a file. */
export const file = icon(svg`<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3"/>`);
/** The icon of an image. */
export const image = icon(
  svg`<rect x="1.5" y="2.5" width="13" height="11" rx="1"/><path d="M2 12l4-4 3 3 2-2 3 3"/>`,
);
/** The icon of a download. */
export const download = icon(svg`<path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>`);
/** The icon of a warning. */
export const warning = icon(svg`<path d="M8 2 15 14H1zM8 6.5v4M8 12v.6"/>`);
/** The icon of a sun. */
export const sun = icon(
  svg`<circle cx="8" cy="8" r="3"/><path d="M8 .8v2M8 13.2v2M.8 8h2M13.2 8h2M2.9 2.9l1.4 1.4M11.7 11.7l1.4 1.4M13.1 2.9l-1.4 1.4M4.3 11.7l-1.4 1.4"/>`,
);
/** The icon of a clock's hands. */
export const hands = icon(svg`<circle cx="8" cy="8" r="6.2"/><path d="M8 4.2V8l2.6 1.8"/>`);
/** The icon of a calendar. */
export const calendar = icon(svg`<path d="M2 3.5h12v10.5H2zM2 6.5h12M5 1.5v3.5M11 1.5v3.5"/>`);
/** The icon of a moon. */
export const moon = icon(svg`<path d="M13.6 10A6 6 0 0 1 6 2.4 6 6 0 1 0 13.6 10z"/>`);
/** The icon of a gear. */
export const gear = icon(
  svg`<circle cx="8" cy="8" r="2"/><path d="M8 1.2v2.2M8 12.6v2.2M1.2 8h2.2M12.6 8h2.2M3.2 3.2l1.6 1.6M11.2 11.2l1.6 1.6M12.8 3.2l-1.6 1.6M4.8 11.2l-1.6 1.6"/><circle cx="8" cy="8" r="4.6"/>`,
);
/** The icon of a cross. */
export const cross = icon(svg`<path d="M3 3l10 10M13 3 3 13"/>`);
/** The icon of lines of text. */
export const lines = icon(svg`<path d="M2 4h12M2 8h12M2 12h12"/>`);
/** The icon of a plane. */
export const plane = icon(svg`<path d="M2 2.5 14.5 8 2 13.5 4 8zM4 8h5"/>`);
/** The icon of a triangle. */
export const triangle = icon(svg`<path d="M4 2.5 13 8l-9 5.5z" fill="currentColor"/>`);
/** The icon of a link that leaves the page. */
export const leaving = icon(svg`<path d="M5 3.5h7.5V11M12.5 3.5l-9 9"/>`);
