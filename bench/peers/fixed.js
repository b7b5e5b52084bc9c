import { readFileSync } from 'node:fs';

/**
 * What the peers answer: by command ("ballerina/cast") a message, and the choices of every autocomplete list. The bench hands
 * in what the bot itself answered, so that all send the same message and only the way to it differs.
 */
const { BENCH_ANSWERS: file } = process.env;
const { messages = {}, choices = [] } = file ? JSON.parse(readFileSync(file, 'utf8')) : {};

export const messageOf = (path) => messages[path] ?? { content: '*Ballerina* is in theaters.' };
export { choices };

/** The commands that are asked for, as Discord registers them. */
const text = (name, more) => ({ type: 3, name, description: name, ...more });
const subcommand = (name, options) => ({ type: 1, name, description: name, options });

export const ballerina = {
  name: 'ballerina',
  description: 'About the film',
  options: [
    subcommand('cast', [text('person', { autocomplete: true })]),
    subcommand('ask', [text('question', { required: true })]),
  ],
};
export const wick = {
  name: 'wick',
  description: 'About the franchise',
  options: [subcommand('timeline', [text('order')])],
};

/** How a peer reaches Discord, and nothing else than what its library does by itself. */
export const { DISCORD_TOKEN: token, DISCORD_API_URL: api } = process.env;
