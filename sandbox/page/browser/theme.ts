import { set } from './store.ts';

type Theme = 'dark' | 'light';

const prefersLight = matchMedia('(prefers-color-scheme: light)');
let chosen = findChosen();

/** What was chosen before, here or in the sandbox from which this one was opened. */
function findChosen(): Theme | undefined {
  const before =
    localStorage.getItem('theme') ?? new URLSearchParams(location.hash.split('?')[1]).get('theme');
  return before === 'dark' || before === 'light' ? before : undefined;
}

/** The colours in force: what was chosen, else what the system prefers. */
export const theme = (): Theme => chosen ?? (prefersLight.matches ? 'light' : 'dark');

/** Gives the document its colours. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme();
}

/** Switches between dark and light, and remembers the choice. */
export function switchTheme(): void {
  chosen = theme() === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', chosen);
  applyTheme();
  set({});
}

/** Follows the system's colours while none were chosen. */
export function followTheme(): void {
  applyTheme();
  prefersLight.addEventListener('change', () => {
    applyTheme();
    set({});
  });
}
