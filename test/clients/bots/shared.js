/** What the bots have in common. Each bot answers the same commands by the means of its library. */

/** How a bot reaches Discord. */
export const { DISCORD_TOKEN: token, DISCORD_API_URL: api } = process.env;

/** The type of an option (interactions/application-commands, "Application Command Option Type"). */
const [STRING, ATTACHMENT] = [3, 11];
const option = (type, name, more) => ({ type, name, description: name, required: true, ...more });
const command = (name, ...options) => ({ type: 1, name, description: name, options });

/** The commands, as Discord registers them. */
export const commands = [
  command('hello', option(STRING, 'name', { autocomplete: true })),
  command('wait'),
  command('count'),
  command('more'),
  command('choose'),
  command('form'),
  command('file', option(ATTACHMENT, 'upload')),
  command('fetch'),
  command('post', option(STRING, 'text'), option(STRING, 'nonce')),
  command('flood'),
  command('channels'),
];

/** What autocomplete suggests for what has been typed. */
export const suggest = (typed) =>
  ['Ana', 'Anton', 'Ben'].filter((name) => name.startsWith(typed)).map((name) => ({ name, value: name }));

const button = { type: 2, style: 1, label: 'Press', custom_id: 'press' };
const select = {
  type: 3,
  custom_id: 'pick',
  options: ['red', 'blue'].map((color) => ({ label: color, value: color })),
};

/** The buttons and menus of `/choose`, in Discord's own form. */
export const components = [
  { type: 1, components: [button] },
  { type: 1, components: [select] },
];

/** The modal of `/form`, in Discord's own form. */
export const modal = {
  custom_id: 'form',
  title: 'Form',
  components: [{ type: 1, components: [{ type: 4, custom_id: 'text', label: 'Text', style: 1 }] }],
};

/** Returns what answers an interaction by its type (interactions/receiving-and-responding, "Interaction Type"). */
export const answerBy =
  ({ command, component, autocomplete, modal }) =>
  (interaction) =>
    ({ 2: command, 3: component, 4: autocomplete, 5: modal })[interaction.type](interaction);

/** The messages of `/flood`: more than one channel takes in five seconds. */
export const flood = Array.from({ length: 7 }, (_, index) => `Message ${index + 1}`);

/** Returns the content of a file that a user gave, in capitals. */
export async function readUpload(url) {
  const response = await fetch(url);
  const text = await response.text();
  return Buffer.from(text.toUpperCase());
}

/** Tells that the bot takes interactions. */
export const sayReady = () => process.stdout.write('ready\n');
