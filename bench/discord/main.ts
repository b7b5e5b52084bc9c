import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { openGateway } from './gateway.ts';
import { httpSide } from './http.ts';
import { loadOn, type Order } from './load.ts';

/**
 * The measuring Discord, as a process of its own: it sends interactions and takes the time of the answers by one clock. The
 * sandbox would do, but each interaction costs it some milliseconds of checks and of writing things down, so that it gets
 * out of breath before the bots do.
 */
const { values } = parseArgs({
  options: { guilds: { type: 'string', default: '1' }, channels: { type: 'string', default: '50' } },
});
const guilds = Number(values.guilds);
const tell = (message: object) => process.send?.(message);

let host = '';
const load = loadOn((bot, event, data) => gateway.dispatch(bot, event, data));
const http = httpSide({ guilds, gatewayUrl: () => `ws://${host}`, answered: load.answered });
// A bot that is asked once a second must find its connection open, as it does at Discord.
const server = createServer({ keepAliveTimeout: 60_000 }, http.handle);
const gateway = openGateway({
  server,
  url: () => `ws://${host}`,
  guilds,
  channelsEach: Number(values.channels),
  ready: ({ bot, at }) => tell({ event: 'ready', bot, at: String(at) }),
  complete: ({ bot, at }) => tell({ event: 'complete', bot, at: String(at) }),
});

process.on('message', ({ id, order }: { id: number; order?: Order }) => {
  if (order) void load.run(order).then((result) => tell({ event: 'result', id, result }));
  else tell({ event: 'result', id, result: http.traffic });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  tell({ event: 'listening', apiUrl: `http://${host}/api` });
});
