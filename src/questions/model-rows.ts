/** A number, such as that of an intent, with a value from -127 to 127. */
export type Entry = readonly [number: number, value: number];

/** A row that was decoded: numbers and values in the same order. Some values are 0: they only fill gaps. */
export interface Row {
  numbers: Int32Array;
  values: Int8Array;
}

/** The most that one step in a row can say. */
const MAX_SKIP = 255;

/**
 * Encodes a row in Base64: for each entry a byte that says how far its number is from the one before, and a byte with its value.
 * `entries` are sorted by number.
 */
export function encodeRow(entries: readonly Entry[]): string {
  const bytes: number[] = [];
  let before = 0;
  for (const [number, value] of entries) {
    let skip = number - before;
    for (; skip > MAX_SKIP; skip -= MAX_SKIP) bytes.push(MAX_SKIP, 0);
    bytes.push(skip, value & 0xff);
    before = number;
  }
  return Buffer.from(bytes).toString('base64');
}

/** Decodes what `encodeRow` has written. */
export function decodeRow(row: string): Row {
  const bytes = Buffer.from(row, 'base64');
  const length = bytes.length >> 1;
  const numbers = new Int32Array(length);
  const values = new Int8Array(length);
  let number = 0;
  for (let at = 0; at < length; at += 1) {
    number += bytes[2 * at] ?? 0;
    numbers[at] = number;
    values[at] = bytes.readInt8(2 * at + 1);
  }
  return { numbers, values };
}

/** Between the groups of a row, and between a value and its numbers. */
const GROUP = ',';
const VALUE = ':';

/**
 * Encodes a row in which few values are common, in half the space: for each value, how far each of its numbers is from the one
 * before. `entries` are sorted by number.
 */
export const encodeGroups = (entries: readonly Entry[]): string =>
  [...Map.groupBy(entries, ([, value]) => value)]
    .map(([value, group]) => `${value}${VALUE}${encodeSteps(group.map(([number]) => number))}`)
    .join(GROUP);

/** Decodes what `encodeGroups` has written. Its numbers are sorted only within each value. */
export function decodeGroups(row: string): Row {
  const groups = (row ? row.split(GROUP) : []).map((group) => {
    const [value = '', steps = ''] = group.split(VALUE);
    return { value: Number(value), bytes: Buffer.from(steps, 'base64') };
  });
  // There are no more numbers than bytes.
  const most = groups.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const numbers = new Int32Array(most);
  const values = new Int8Array(most);
  let length = 0;
  for (const { value, bytes } of groups) {
    let number = 0;
    for (const byte of bytes) {
      number += byte;
      if (byte === MAX_SKIP) continue;
      numbers[length] = number;
      values[length] = value;
      length += 1;
    }
  }
  return { numbers: numbers.subarray(0, length), values: values.subarray(0, length) };
}

function encodeSteps(numbers: readonly number[]): string {
  const bytes: number[] = [];
  let before = 0;
  for (const number of numbers) {
    let step = number - before;
    // A byte of the most that it can say is followed by more of the same step.
    for (; step >= MAX_SKIP; step -= MAX_SKIP) bytes.push(MAX_SKIP);
    bytes.push(step);
    before = number;
  }
  return Buffer.from(bytes).toString('base64');
}

/** Between the fields of a line. No feature has it. */
const SEPARATOR = '|';

/** Returns the lines of a table, sorted by key; `findLine` looks them up. */
export const linesOf = (table: Iterable<readonly [key: string, ...fields: string[]]>): string[] =>
  [...table].map((line) => line.join(SEPARATOR)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** Returns the fields of the line with this key; undefined where there is none. */
export function findLine(lines: readonly string[], key: string): string[] | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(lines[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  const line = lines[low] ?? '';
  return keyOf(line) === key ? line.split(SEPARATOR).slice(1) : undefined;
}

const keyOf = (line: string) => line.slice(0, line.indexOf(SEPARATOR));
