import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import {
  bundleFirstScript,
  bundleScripts,
  bundleStyles,
  type FirstDrawing,
  loadFirstDrawing,
} from './bundle.ts';
import { findFont, readFontStyles } from './fonts.ts';
import { INTRODUCTION } from './introduction.ts';
import { SCENARIO } from './scenario.ts';

/**
 * Returns the content security policy: everything comes from the page's own address, and the page cannot be framed. Of what
 * stands in the document, only this script and these styles count.
 */
const createPolicy = (script: string, styles: string) =>
  [
    "default-src 'none'",
    `script-src 'self' ${createSource(script)}`,
    `style-src 'self' ${createSource(styles)}`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** A text as a policy names it. */
const createSource = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The headers of every answer. The document has a policy of its own. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
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

/** What the document is made of, beside the first view. */
interface DocumentParts {
  /** The script that stands in the document. */
  readonly firstScript: string;
  readonly styles: string;
  readonly scriptUrl: string;
  readonly fontStylesUrl: string;
}

/** The drawing is seen before the script is there. Until then nothing in it can be pressed: it is inert. */
const createDocument = (
  { firstScript, styles, scriptUrl, fontStylesUrl }: DocumentParts,
  first: object,
  { title, html }: FirstDrawing,
) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="dark light">
    <title>${title}</title>
    <script data-main="${scriptUrl}" data-fonts="${fontStylesUrl}">${firstScript}</script>
    <style>${styles}</style>
    <link rel="icon" type="image/svg+xml" href="/page/face.svg">
  </head>
  <body>
    <noscript>This page needs JavaScript. The control calls need none: see /sandbox/state.</noscript>
    <div id="app" inert>${html}</div>
    <script type="application/json" id="first">${embed(first)}</script>
  </body>
</html>
`;

/**
 * Creates the routes of the page: the document at `/`, and its files below `/page`. The script is bundled first. The document
 * has the first view in it, drawn and as data, so that the reader sees it before any other file has come.
 */
export async function createPageRoutes(readFirst: ReadFirst): Promise<Hono> {
  const [scripts, firstScript, drawFirst] = await Promise.all([
    bundleScripts(),
    bundleFirstScript(),
    loadFirstDrawing(),
  ]);
  const [styles, fontStyles] = [bundleStyles(), readFontStyles()];
  const parts = {
    firstScript,
    styles,
    scriptUrl: `/page/${scripts.entry}`,
    fontStylesUrl: `/page/fonts.css?${digest(fontStyles)}`,
  };
  const policy = createPolicy(firstScript, styles);
  const face = readFileSync(join(import.meta.dirname, 'face.svg'), 'utf8');
  return new Hono()
    .get('/', (context) => {
      const first = { ...readFirst(), introduction: INTRODUCTION, scenario: SCENARIO };
      return context.html(createDocument(parts, first, drawFirst(first)), 200, {
        ...HEADERS,
        'content-security-policy': policy,
      });
    })
    .get('/page/:name{[\\w-]+\\.js}', (context) => {
      const script = scripts.files.get(context.req.param('name'));
      return script === undefined
        ? context.notFound()
        : context.body(script, 200, { ...KEEP, 'content-type': 'text/javascript; charset=utf-8' });
    })
    .get('/page/fonts.css', (context) =>
      context.body(fontStyles, 200, { ...KEEP, 'content-type': 'text/css; charset=utf-8' }),
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
