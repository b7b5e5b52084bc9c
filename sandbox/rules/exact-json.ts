/** Returns the value of a JSON text. A whole number that a JavaScript number cannot hold, such as an id, becomes a string. Throws for invalid JSON. */
export const parseExactJson = (text: string): unknown => JSON.parse(text, keepLargeNumber);

function keepLargeNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return isRounded && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
