/** The distance of a popover from its button and from the sides of the window, in pixels. */
const GAP = 8;

/** Opens or closes the popover of a button, below the button and inside the window. It is the button's click handler. */
export function togglePopoverAt(event: Event): void {
  const button = event.currentTarget as HTMLButtonElement;
  const popover = button.popoverTargetElement as HTMLElement | null;
  if (!popover) return;
  // The browser would only open it; here it also gets its place.
  event.preventDefault();
  if (!popover.togglePopover()) return;
  const { left, bottom } = button.getBoundingClientRect();
  const last = document.documentElement.clientWidth - popover.offsetWidth - GAP;
  popover.style.left = `${Math.max(GAP, Math.min(left, last))}px`;
  popover.style.top = `${bottom + GAP}px`;
}
