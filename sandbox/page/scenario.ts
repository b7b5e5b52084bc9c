/** A scenario that the page plays step by step, in a second sandbox. */
export interface Scenario {
  readonly title: string;
  /** When the clock of the second sandbox starts. */
  readonly at: string;
  /** The channel to watch. */
  readonly channel: string;
  readonly steps: readonly Step[];
}

interface Step {
  /** What is going on, in a sentence or two. */
  readonly say: string;
  /** What the owner types. */
  readonly command?: string;
  /** Where the clock is turned to. */
  readonly to?: string;
}

/** The scenario of this bot: what to type, and which days to see. Another bot needs another scenario. */
export const SCENARIO: Scenario = {
  title: 'Watch a release date move',
  at: '2023-05-01T12:00:00Z',
  channel: 'releases',
  steps: [
    {
      say: 'It is May 2023. Ballerina has a date: June 7, 2024. The owner adds a countdown to it.',
      command:
        '/countdown add release:Ballerina channel:releases timezone:America/New_York milestones:30,7,1,0',
    },
    { say: 'Half a year later. Nothing is due, so nothing is posted.', to: '2023-11-01T12:00:00Z' },
    {
      say: 'February 22, 2024: the film moves by a year. The bot announces it once.',
      to: '2024-02-23T12:00:00Z',
    },
    {
      say: 'June 2024. The old date passes, and nothing is posted.',
      to: '2024-06-08T12:00:00Z',
    },
    { say: 'May 2025: thirty days left.', to: '2025-05-07T18:00:00Z' },
    { say: 'A week left.', to: '2025-05-30T18:00:00Z' },
    { say: 'One day left.', to: '2025-06-05T18:00:00Z' },
    { say: 'June 6, 2025: the day itself.', to: '2025-06-06T18:00:00Z' },
  ],
};
