import { set } from './store.ts';

type Theme = 'dark' | 'light';

const prefersLight = matchMedia('(prefers-color-scheme: light)');
let chosen: Theme | undefined;

/** The colours in force: what was chosen, else what the system prefers. */
export const theme = (): Theme => chosen ?? (prefersLight.matches ? 'light' : 'dark');

function apply(): void {
  document.documentElement.dataset['theme'] = theme();
}

/** Switches between dark and light, and remembers the choice. */
export function switchTheme(): void {
  chosen = theme() === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', chosen);
  apply();
  set({});
}

/** Takes up what was chosen before, here or in the sandbox from which this one was opened, and follows the system while nothing was. */
export function beginTheme(): void {
  const before =
    localStorage.getItem('theme') ?? new URLSearchParams(location.hash.split('?')[1]).get('theme');
  if (before === 'dark' || before === 'light') chosen = before;
  apply();
  prefersLight.addEventListener('change', () => {
    apply();
    set({});
  });
}
