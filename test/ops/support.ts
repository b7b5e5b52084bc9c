import { onTestFinished } from 'vitest';
import {
  type OpsServer,
  type OpsServerOptions,
  type OpsSources,
  startOpsServer,
} from '../../src/ops/server.ts';
import { silent } from '../delivery/support.ts';

const PATHS = ['ballerina/cast', 'wick/upcoming'];
export const WELL: OpsSources = {
  checks: {},
  notices: {},
  backlog: async () => 0,
  newestSource: () => undefined,
};

/** Where operators look, until the test ends. */
export async function openOps(given: Partial<OpsServerOptions> = {}): Promise<OpsServer & { url: string }> {
  const ops = await startOpsServer({
    at: { host: '127.0.0.1', port: 0 },
    log: silent,
    ...given,
  });
  onTestFinished(() => ops.close());
  ops.setCommandPaths(PATHS);
  if (!ops.url) throw new Error('the server for operators does not listen');
  return { ...ops, url: ops.url };
}

/** One line of Prometheus's text format: a name, its labels, a value. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Exposition {
  samples: Sample[];
  /** The type of each family, by its name. */
  types: Map<string, string>;
  helped: Set<string>;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/** Reads the text back, line by line, and throws at the first that is not of the format. */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('the last line is not ended');
  const found: Exposition = { samples: [], types: new Map(), helped: new Set() };
  for (const line of text.split('\n')) {
    const [, kind, family = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (line === '') continue;
    if (kind === 'HELP') found.helped.add(family);
    else if (kind === 'TYPE') found.types.set(family, rest);
    else found.samples.push(sampleIn(line));
  }
  return found;
}

function sampleIn(line: string): Sample {
  const [, name, inBraces = '', value] = SAMPLE.exec(line) ?? [];
  if (!name || !value || !/^([+-]Inf|NaN|[-+.\de]+)$/i.test(value)) throw new Error(`no sample: ${line}`);
  const number = Number(value.replace('Inf', 'Infinity'));
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inBraces.length) {
    const [, key = '', text = ''] = LABEL.exec(inBraces) ?? [];
    if (!key) throw new Error(`no label: ${line}`);
    labels[key] = text;
  }
  return { name, labels, value: number };
}

/** What is shown of a name, and of labels where they are given. */
export async function valuesOf(url: string, name: string, labels: Record<string, string> = {}) {
  const { samples } = parseExposition(await (await fetch(`${url}/metrics`)).text());
  return samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
    .map(({ value }) => value);
}
