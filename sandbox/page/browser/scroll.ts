import { now, type State } from './store.ts';

/** How near to the end a reader still follows what is new, in pixels. */
const NEAR = 80;
/** What is left above a message whose beginning is brought into sight, in pixels. */
const MARGIN = 8;

/** What is kept in sight: the newest message, the end of the channel, or what the reader looks at. */
type Kept = 'newest' | 'end' | 'nothing';

/** A drawing of the log, to compare the next one with. */
interface Drawing {
  /** The channel and its reader. */
  readonly channel: string;
  /** The id of the newest message; `notice` for a command on its way, which has none. */
  readonly newest: string;
  readonly target: State['target'];
  readonly top: number;
  readonly height: number;
}

/**
 * Returns a function to call after every drawing. It keeps the newest message in sight, unless the reader has gone up: its end,
 * or its beginning where it is higher than the window. A message to which a link led is brought into sight.
 */
export function keepInSight(root: HTMLElement): () => void {
  let kept: Kept = 'newest';
  let before: Drawing = { channel: '', newest: '', target: null, top: 0, height: 0 };
  return () => {
    const log = root.querySelector<HTMLElement>('.log');
    if (!log) return;
    const messages = log.querySelectorAll<HTMLElement>('article.message');
    const newest = messages[messages.length - 1];
    const drawing = describe(log, newest);
    kept = decide(kept, before, drawing, log.clientHeight);
    const end = log.scrollHeight - log.clientHeight;
    if (drawing.target && drawing.target !== before.target)
      log.querySelector(`[data-message="${drawing.target.id}"]`)?.scrollIntoView({ block: 'center' });
    else if (kept === 'end') log.scrollTop = end;
    else if (kept === 'newest') log.scrollTop = newest ? Math.min(end, beginningOf(newest, log)) : 0;
    before = { ...drawing, top: log.scrollTop };
  };
}

function describe(log: HTMLElement, newest: HTMLElement | undefined): Drawing {
  const { channelId, me, target } = now();
  return {
    channel: `${channelId} ${me}`,
    newest: newest ? (newest.dataset['message'] ?? 'notice') : '',
    target,
    top: log.scrollTop,
    height: log.scrollHeight,
  };
}

function decide(kept: Kept, before: Drawing, drawing: Drawing, windowHeight: number): Kept {
  if (drawing.target && drawing.target !== before.target) return 'nothing';
  if (drawing.channel !== before.channel) return 'newest';
  const isNew = drawing.newest !== before.newest;
  // The reader sent a command, and wants to see what comes of it.
  if (isNew && drawing.newest === 'notice') return 'newest';
  const wasAtEnd = drawing.top + windowHeight >= before.height - NEAR;
  const hasScrolled = Math.abs(drawing.top - before.top) > 2;
  const follows = hasScrolled ? wasAtEnd : kept !== 'nothing';
  if (!follows) return 'nothing';
  if (isNew) return 'newest';
  return hasScrolled ? 'end' : kept;
}

/** How far down in the log a message begins. */
const beginningOf = (message: HTMLElement, log: HTMLElement): number =>
  message.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - MARGIN;
