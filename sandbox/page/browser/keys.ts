import { isNarrow } from './narrow.ts';
import { now, set } from './store.ts';

/** Where keys have a meaning of their own. */
const FIELDS = 'input, textarea, select, [contenteditable]';

/** What a key does that nothing else has taken: Escape closes what is open, and letters go to the composer. */
export function pressKey(event: KeyboardEvent): void {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey, isComposing } = event;
  if (defaultPrevented || isComposing || document.querySelector('dialog[open], [popover]:popover-open'))
    return;
  if (key === 'Escape') closeNewest();
  else if (key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) {
    // The browser types the key into what has the focus after this.
    if (!(target as Element).closest(FIELDS)) focusComposer();
  }
}

/** Closes one thing: a list in a message, the notice, the drawer, or the panel of test failures. */
function closeNewest(): void {
  const { said, drawer, deskOpen } = now();
  const list = document.querySelector<HTMLDetailsElement>('details.select-many[open]');
  if (list) {
    list.open = false;
    list.querySelector('summary')?.focus();
  } else if (said && !deskOpen) set({ said: '' });
  else if (drawer) set({ drawer: null });
  else if (deskOpen) {
    set({ deskOpen: false, said: '' });
    document.querySelector<HTMLElement>('[aria-controls="desk"]')?.focus();
  }
}

/** Gives the focus to the composer. */
const focusComposer = () => document.querySelector<HTMLElement>('#command')?.focus();

/** Gives the focus to the composer, except where that would bring up a keyboard on the screen. */
export function focusComposerIfTyping(): void {
  if (matchMedia('(hover: hover)').matches && !isNarrow()) focusComposer();
}
