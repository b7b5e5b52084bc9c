import type { PostedMessage } from './discord.ts';

/** How many of a kind were due, and what became of them. */
export interface Count {
  expected: number;
  made: number;
  lost: number;
  repeated: number;
  /** How many were deleted that had to stay. */
  wronglyDeleted?: number;
}

/** Returns the posts among messages: answers to commands have no nonce. */
export const postsAmong = (messages: readonly PostedMessage[]) =>
  messages.filter(({ request }) => request.nonce !== undefined);
