import type { Fault } from '../rules/faults.ts';

/** Which of Cloudflare's answers a request gets. */
export type CloudflareFault = Extract<Fault, { cloudflare: unknown }>;

/** The status, the title and the text of each answer. */
const ANSWERS: Readonly<Record<CloudflareFault['cloudflare'], readonly [number, string, string]>> = {
  403: [403, 'Attention Required! | Cloudflare', 'Sorry, you have been blocked'],
  429: [429, 'Too Many Requests', 'You have sent too many requests in a given amount of time'],
  1015: [429, 'Access denied | discord.com used Cloudflare to restrict access', 'You are being rate limited'],
};

/**
 * Creates the answer of Cloudflare, Discord's proxy, which can block a bot's IP address (documentation:
 * topics/rate-limits, "Invalid Request Limit aka CloudFlare Bans"). It has no `Via`, no limits, and a wait only if the fault says so.
 */
export function createCloudflareResponse({ cloudflare, retryAfter, plain }: CloudflareFault): Response {
  const [status, title, text] = ANSWERS[cloudflare];
  const page = `<!DOCTYPE html>
<html lang="en-US">
<head><title>${title}</title></head>
<body><h1>Error ${cloudflare}</h1><p>${text}</p><p>Cloudflare Ray ID: 8a1b2c3d4e5f6071</p></body>
</html>
`;
  return new Response(plain ? `error code: ${cloudflare}` : page, {
    status,
    headers: {
      'Content-Type': plain ? 'text/plain; charset=UTF-8' : 'text/html; charset=UTF-8',
      Server: 'cloudflare',
      'CF-RAY': '8a1b2c3d4e5f6071-FRA',
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    },
  });
}
