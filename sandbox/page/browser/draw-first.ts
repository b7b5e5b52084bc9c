import type { FirstDrawing } from '../bundle.ts';
import type { FirstView } from './api.ts';
import { begin } from './store.ts';
import { escapeText, toHtml } from './to-html.ts';
import { createFirstState, titleOf, view } from './view.ts';

/** Draws the first view. It runs in the sandbox, which writes the drawing into the document. */
export function drawFirst(first: FirstView): FirstDrawing {
  const state = { ...createFirstState(first), inDocument: true };
  begin(state, () => {});
  // What draws messages needs a browser: a channel with messages is drawn by the page's script.
  return { title: escapeText(titleOf(state)), html: state.messages.length > 0 ? '' : toHtml(view(state)) };
}
