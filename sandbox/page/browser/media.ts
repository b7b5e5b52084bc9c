import type { APIAttachment } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { download, file, image } from './icons.ts';

/** The path of a file that the sandbox serves; undefined for an address elsewhere, which this page never asks. */
function localPath(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const own = url && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) && url.port === location.port;
  return own ? url.pathname : undefined;
}

/** A picture of a message; one from elsewhere as a link, as the sandbox stays on this machine. */
export function picture(address: string, alt: string, kind: string): TemplateResult {
  const path = localPath(address);
  if (path) return html`<img class="picture ${kind}" src=${path} alt=${alt}>`;
  const host = URL.canParse(address) ? new URL(address).host : address;
  return html`<a class="picture elsewhere ${kind}" href=${address} target="_blank" rel="noopener noreferrer"
    >${image} Picture at ${host}</a
  >`;
}

/** As in Discord, an SVG is a file like any other. */
const IMAGE = /\.(png|jpe?g|gif|webp)$/i;

/** A file of a message: a picture shows, anything else is there to download. */
export function attachment({ filename, size, url, description }: APIAttachment): TemplateResult {
  const path = localPath(url) ?? url;
  if (IMAGE.test(filename)) return picture(url, description ?? filename, 'attached');
  return html`<a class="file" href=${path} download=${filename}
    >${file}<span><span class="file-name">${filename}</span><small>${bytes(size)}</small></span
    >${download}</a>`;
}

const bytes = (size: number) =>
  size < 1024
    ? `${size} bytes`
    : size < 1_048_576
      ? `${(size / 1024).toFixed(1)} KB`
      : `${(size / 1_048_576).toFixed(1)} MB`;
