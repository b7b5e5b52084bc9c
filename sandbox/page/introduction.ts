/** How the page introduces the bot in an empty channel, until its reader knows what to type. */
export interface Introduction {
  /** What the bot is about, in a sentence or two. */
  readonly about: string;
  /** The bot's picture, as a path below `/page`. */
  readonly face: string;
  /** What to try first. In a command, `{channel}` is the open channel. */
  readonly prompts: readonly { readonly label: string; readonly command: string }[];
}

/** The introduction of this bot. Another bot, whose commands differ, is not introduced. */
export const INTRODUCTION: Introduction = {
  about:
    'Concierge answers questions about Ballerina and the John Wick films, each with its source. It also counts down to their releases, and follows a date when it moves.',
  face: '/page/face.svg',
  prompts: [
    { label: 'Is there a John Wick 5?', command: '/wick ask question:Is there a John Wick 5?' },
    { label: 'What order should I watch?', command: '/wick ask question:What order should I watch?' },
    {
      label: 'Count down to Chapter 5',
      command: '/countdown add channel:{channel} release:John Wick: Chapter 5',
    },
  ],
};
