import { setImmediate as macrotask } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { findErrorMessage } from '../rules/errors.ts';
import type { Fault } from '../rules/faults.ts';
import { createCloudflareResponse } from './cloudflare.ts';
import { createRateLimitResponse } from './rate-limit-response.ts';

/**
 * Applies a fault to a request that has not taken effect. `bindings` are its request and response. Returns what is sent, or
 * undefined when the request continues.
 */
export async function applyFaultBefore(
  bindings: HttpBindings,
  fault: Fault | undefined,
): Promise<Response | undefined> {
  if (!fault || isBodyFault(fault) || ('when' in fault && fault.when === 'after')) return undefined;
  return applyFault(bindings, fault);
}

/** Applies a fault to a request that took effect. Returns what is sent in place of its response, or undefined. */
export async function applyFaultAfter(
  bindings: HttpBindings,
  fault: Fault | undefined,
  response: Response,
): Promise<Response | undefined> {
  if (!fault) return undefined;
  if (isBodyFault(fault)) return slowOrCut(bindings, fault, response);
  return 'when' in fault && fault.when === 'after' ? applyFault(bindings, fault) : undefined;
}

/** A fault of the body, which needs the true response. */
type BodyFault = Extract<Fault, { slow: unknown } | { cutOff: unknown }>;

const isBodyFault = (fault: Fault): fault is BodyFault => 'slow' in fault || 'cutOff' in fault;

async function applyFault(
  { incoming: { socket } }: HttpBindings,
  fault: Exclude<Fault, BodyFault>,
): Promise<Response | undefined> {
  if ('rateLimit' in fault) {
    const { rateLimit, header = rateLimit, bucket = rateLimit, scope } = fault;
    const headers = { 'X-RateLimit-Reset-After': bucket.toFixed(3) };
    const response = createRateLimitResponse(rateLimit, scope, headers);
    response.headers.set('Retry-After', String(Math.ceil(header)));
    return response;
  }
  if ('cloudflare' in fault) return createCloudflareResponse(fault);
  if ('status' in fault) return createStatusResponse(fault);
  if ('reset' in fault) socket.resetAndDestroy();
  else {
    await new Promise<void>((resolve) => {
      socket.once('close', resolve);
      if (fault.hang !== true) setTimeout(resolve, fault.hang * 1000);
    });
    if (!socket.destroyed) return undefined;
  }
  // The connection is closed: nobody reads this response.
  return new Response(null, { status: 500 });
}

function createStatusResponse(fault: Extract<Fault, { status: number }>): Response {
  const { status, code = 0, message = findErrorMessage(status, code ?? 0) } = fault;
  if (fault.html) {
    const page = `<!DOCTYPE html><title>${message}</title><h1>${message}</h1>`;
    return new Response(page, { status, headers: { 'Content-Type': 'text/html' } });
  }
  if (fault.empty) return new Response(null, { status });
  if (fault.cut)
    return new Response('{"message":', { status, headers: { 'Content-Type': 'application/json' } });
  return Response.json({ message, ...(code !== null && { code }) }, { status });
}

/** In how many pieces a slow body is sent. */
const PIECES = 10;

/** Returns the response with a body that comes slowly, or whose connection ends in the middle. */
async function slowOrCut(bindings: HttpBindings, fault: BodyFault, response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  if (bytes.length > 0) headers.set('Content-Length', String(bytes.length));
  else if ('cutOff' in fault) bindings.incoming.socket.destroySoon();
  const body = 'slow' in fault ? sendSlowly(bytes, fault.slow) : cutInTheMiddle(bindings, bytes);
  return new Response(bytes.length > 0 ? body : null, { status: response.status, headers });
}

/** Returns a body that is sent in pieces over so many seconds; without an end where it is `true`. */
function sendSlowly(bytes: Uint8Array, seconds: number | true): ReadableStream<Uint8Array> {
  const size = Math.ceil(bytes.length / PIECES);
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream({
    pull: (controller) =>
      new Promise<void>((resolve) => {
        const isLast = sent + size >= bytes.length;
        if (seconds === true && isLast) return;
        const sendNext = () => {
          controller.enqueue(bytes.subarray(sent, sent + size));
          sent += size;
          if (isLast) controller.close();
          resolve();
        };
        timer = setTimeout(sendNext, seconds === true ? 0 : (seconds * 1000) / PIECES);
      }),
    cancel: () => clearTimeout(timer),
  });
}

/** Returns a body that ends after its half, with the connection. */
function cutInTheMiddle({ incoming, outgoing }: HttpBindings, bytes: Uint8Array): ReadableStream<Uint8Array> {
  let isHalfRead = false;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (!isHalfRead) {
      isHalfRead = true;
      controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)));
      return;
    }
    // What was read is written together with the headers, or was written before.
    while (!outgoing.headersSent && !incoming.socket.destroyed) await macrotask();
    await macrotask();
    incoming.socket.destroySoon();
    await new Promise(() => {});
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}
