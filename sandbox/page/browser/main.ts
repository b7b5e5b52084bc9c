import { render } from 'lit';
import { afterPaint } from './after-paint.ts';
import { readFirstView } from './api.ts';
import { loadMessageList } from './chat.ts';
import { runClock } from './clock-bar.ts';
import { openDialogs } from './dialogs.ts';
import { focusComposerIfTyping, pressKey } from './keys.ts';
import { followLink, jump } from './links.ts';
import { follow } from './live.ts';
import { onNarrowChange } from './narrow.ts';
import { playIfAsked } from './playing.ts';
import { keepInSight } from './scroll.ts';
import { begin, now, type State, set } from './store.ts';
import { followTheme } from './theme.ts';
import { createFirstState, titleOf, view } from './view.ts';

/** How often what is said relative to now is written again. */
const RELATIVE_MS = 30_000;

const root = document.querySelector<HTMLElement>('#app') as HTMLElement;
const stick = keepInSight(root);

function show(state: State): void {
  document.title = titleOf(state);
  render(view(state), root);
  openDialogs(root);
  // The components draw themselves a moment later.
  requestAnimationFrame(stick);
}

async function start(): Promise<void> {
  // The sandbox's own drawing of the first view, which the reader sees until now.
  root.replaceChildren();
  root.inert = false;
  begin(createFirstState(readFirstView()), show);
  followTheme();
  runClock();
  if (now().messages.length > 0) await loadMessageList();
  else afterPaint(loadMessageList);
  afterPaint(follow);
  setInterval(() => set({}), RELATIVE_MS);
  new ResizeObserver(stick).observe(root);
  onNarrowChange(() => set({}));
  addEventListener('hashchange', openMentioned);
  root.addEventListener('click', followLink);
  addEventListener('keydown', pressKey);
  // Where a touch would bring up a keyboard, the reader begins it.
  afterPaint(focusComposerIfTyping);
  await playIfAsked();
}

/** A mention of a channel leads there. */
function openMentioned(): void {
  const { hash } = location;
  if (!/^#\d+$/.test(hash)) return;
  history.replaceState(null, '', location.pathname);
  void jump(hash.slice(1));
}

void start();
