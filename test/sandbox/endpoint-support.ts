import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { request } from './support.ts';

/** A request that an endpoint has received, and whether its signature is valid. */
export interface ReceivedRequest {
  isGenuine: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many shapes
  json: any;
}

/** What an endpoint responds. */
export type EndpointResponse = { status?: number; body?: unknown } | undefined;

/** Starts an endpoint whose responses the test decides. */
export async function startEndpoint(
  sandbox: Sandbox,
  respond: (received: ReceivedRequest) => EndpointResponse | Promise<EndpointResponse>,
) {
  const { body: application } = await request(sandbox, 'GET', '/applications/@me');
  const x = Buffer.from(application.verify_key, 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const stamp = Buffer.from(String(incoming.headers['x-signature-timestamp']));
    const signature = Buffer.from(String(incoming.headers['x-signature-ed25519']), 'hex');
    const isGenuine = verify(null, Buffer.concat([stamp, body]), key, signature);
    const receivedRequest = { isGenuine, json: JSON.parse(body.toString()) };
    received.push(receivedRequest);
    const answer = await respond(receivedRequest);
    const text = typeof answer?.body === 'string' ? answer.body : JSON.stringify(answer?.body);
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, received };
}

/** Refuses bad signatures, answers a PING, and everything else by `answer`. */
export const answerCorrectly =
  (
    answer: (received: ReceivedRequest) => EndpointResponse | Promise<EndpointResponse> = () => ({
      body: { type: 4, data: { content: 'hello' } },
    }),
  ) =>
  (received: ReceivedRequest): EndpointResponse | Promise<EndpointResponse> => {
    if (!received.isGenuine) return { status: 401 };
    return received.json.type === 1 ? { body: { type: 1 } } : answer(received);
  };
