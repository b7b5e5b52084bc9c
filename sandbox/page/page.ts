import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { bundleScripts, bundleStyles } from './bundle.ts';
import { FIRST_FONTS, findFont } from './fonts.ts';
import { INTRODUCTION } from './introduction.ts';
import { SCENARIO } from './scenario.ts';

/** The content security policy: everything comes from the page's own address, and the page cannot be framed. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
  vary: 'accept',
};

/** For what never changes at its URL. */
const KEEP = { ...HEADERS, 'cache-control': 'public, max-age=31536000, immutable' };

/** Returns what the page shows first: the state of the world, the faults, and the messages of the first channel. */
export type ReadFirst = () => object;

/** JSON that can stand in a script element: the text of a message must not end the element. */
const embed = (data: object) => JSON.stringify(data).replaceAll('<', '\\u003c');

const createDocument = (script: string, styles: string, first: object) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark light">
    <title>Sandbox</title>
    <link rel="icon" type="image/svg+xml" href="/page/face.svg">
    <link rel="stylesheet" href="${styles}">
    <script type="module" src="${script}"></script>
    ${FIRST_FONTS.map((path) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${path}">`).join('\n    ')}
  </head>
  <body>
    <noscript>This page needs JavaScript. The control calls need none: see /sandbox/state.</noscript>
    <div id="app"></div>
    <script type="application/json" id="first">${embed(first)}</script>
  </body>
</html>
`;

/**
 * Creates the routes of the page: the document at `/`, and its files below `/page`. The script is bundled first. The document
 * has the data of the first view in it, so that the page need not ask for them.
 */
export async function createPageRoutes(readFirst: ReadFirst): Promise<Hono> {
  const [scripts, styles] = [await bundleScripts(), bundleStyles()];
  const [scriptUrl, stylesUrl] = [`/page/${scripts.entry}`, `/page/main.css?${digest(styles)}`];
  const face = readFileSync(join(import.meta.dirname, 'face.svg'), 'utf8');
  return new Hono()
    .get('/', (context) =>
      context.html(
        createDocument(scriptUrl, stylesUrl, {
          ...readFirst(),
          introduction: INTRODUCTION,
          scenario: SCENARIO,
        }),
        200,
        HEADERS,
      ),
    )
    .get('/page/:name{[\\w-]+\\.js}', (context) => {
      const script = scripts.files.get(context.req.param('name'));
      return script === undefined
        ? context.notFound()
        : context.body(script, 200, { ...KEEP, 'content-type': 'text/javascript; charset=utf-8' });
    })
    .get('/page/main.css', (context) =>
      context.body(styles, 200, { ...KEEP, 'content-type': 'text/css; charset=utf-8' }),
    )
    .get('/page/face.svg', (context) =>
      context.body(face, 200, {
        ...HEADERS,
        'cache-control': 'max-age=3600',
        'content-type': 'image/svg+xml',
      }),
    )
    .get('/page/fonts/:path{.+}', (context) => {
      const font = findFont(context.req.param('path'));
      return font ? context.body(font, 200, { ...KEEP, 'content-type': 'font/woff2' }) : context.notFound();
    });
}

/** Part of the URL of a file, so that it may be kept for as long as it does not change. */
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
