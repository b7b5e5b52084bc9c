import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { createImportMap, FONT_STYLESHEETS, findAsset } from './assets.ts';
import { SCENARIO } from './scenario.ts';

/**
 * Returns the content security policy: everything comes from the page's own address, the import map is the only inline
 * script, and the page cannot be framed.
 */
const createPolicy = (inline: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'sha256-${createHash('sha256').update(inline).digest('base64')}'`,
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The style sheets, one for each part of the page. Later ones override earlier ones: the order matters. */
const STYLESHEETS = [
  'theme',
  'base',
  'buttons',
  'clock-bar',
  'sidebar',
  'chat',
  'message',
  'message-content',
  'composer',
  'desk',
  'dialogs',
  'responsive',
  'preferences',
] as const;

const createDocument = (imports: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark light">
    <title>Sandbox</title>
    <link rel="icon" href="data:,">
    ${[...FONT_STYLESHEETS, ...STYLESHEETS.map((name) => `styles/${name}.css`)]
      .map((path) => `<link rel="stylesheet" href="/page/${path}">`)
      .join('\n    ')}
    <script type="importmap">${imports}</script>
    <script type="module" src="/page/main.ts"></script>
  </head>
  <body>
    <noscript>This page needs JavaScript. The control calls need none: see /sandbox/state.</noscript>
    <div id="app"><p class="starting">Starting…</p></div>
  </body>
</html>
`;

/** Creates the routes of the page: the document at `/`, and its files below `/page`. */
export function createPageRoutes(): Hono {
  const imports = createImportMap();
  const headers = {
    'content-security-policy': createPolicy(imports),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    vary: 'accept',
  };
  return new Hono()
    .get('/', (context) => context.html(createDocument(imports), 200, headers))
    .get('/page/scenario.json', (context) => context.json(SCENARIO))
    .get('/page/:path{.+}', (context) => {
      const asset = findAsset(context.req.param('path'));
      if (!asset) return context.notFound();
      return context.body(asset.body, 200, { ...headers, 'content-type': asset.type });
    });
}
