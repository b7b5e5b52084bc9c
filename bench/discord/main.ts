import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { createGateway } from './gateway.ts';
import { createHttpApi } from './http.ts';
import { createLoadGenerator, type Load } from './load.ts';

/**
 * The measuring Discord, as a separate process: it sends interactions and measures the time of the answers with one clock.
 * The sandbox takes some milliseconds for each interaction, so it would be slower than the bots.
 */
const { values } = parseArgs({
  options: { guilds: { type: 'string', default: '1' }, channels: { type: 'string', default: '50' } },
});
const guilds = Number(values.guilds);
const send = (message: object) => process.send?.(message);

let host = '';
const generator = createLoadGenerator((bot, event, data) => gateway.dispatch(bot, event, data));
const http = createHttpApi({ guilds, gatewayUrl: () => `ws://${host}`, onAnswer: generator.receive });
// As at Discord, a connection stays open between interactions that come once a second.
const server = createServer({ keepAliveTimeout: 60_000 }, http.handle);
const gateway = createGateway({
  server,
  url: () => `ws://${host}`,
  guilds,
  channelsEach: Number(values.channels),
  onReady: ({ bot, at }) => send({ event: 'ready', bot, at: String(at) }),
  onComplete: ({ bot, at }) => send({ event: 'complete', bot, at: String(at) }),
});

process.on('message', ({ id, load }: { id: number; load?: Load }) => {
  if (load) void generator.run(load).then((result) => send({ event: 'result', id, result }));
  else send({ event: 'result', id, result: http.traffic });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  send({ event: 'listening', apiUrl: `http://${host}/api` });
});
