import { html, svg, type TemplateResult } from 'lit';

/** Small pictures, drawn here: not every machine has a font with emoji. */
const icon = (shape: TemplateResult<2>) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.4">${shape}</svg>`;

export const eye = icon(
  svg`<path d="M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8z"/><circle cx="8" cy="8" r="2"/>`,
);
export const file = icon(svg`<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3"/>`);
export const image = icon(
  svg`<rect x="1.5" y="2.5" width="13" height="11" rx="1"/><path d="M2 12l4-4 3 3 2-2 3 3"/>`,
);
export const download = icon(svg`<path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>`);
export const warning = icon(svg`<path d="M8 2 15 14H1zM8 6.5v4M8 12v.6"/>`);
