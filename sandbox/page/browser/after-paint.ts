/** Does something in the second frame: the first view must not wait for it. A page that is not seen has no frames. */
export function afterPaint(act: () => void): void {
  if (document.hidden) setTimeout(act);
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)));
}
