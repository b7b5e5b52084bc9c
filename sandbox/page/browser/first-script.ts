import { afterPaint } from './after-paint.ts';
import { applyTheme } from './theme.ts';

// This stands in the document: the first view has its colours at once, and is seen before any other file is asked for.
applyTheme();
const { main = '', fonts = '' } = document.currentScript?.dataset ?? {};
addEventListener('DOMContentLoaded', () =>
  afterPaint(() => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: fonts }));
    void import(main);
  }),
);
