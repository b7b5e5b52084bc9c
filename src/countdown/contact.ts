import { z } from 'zod';

/** Who added a countdown: they are told once when it can no longer post. */
export const contactSchema = z.strictObject({
  userId: z.string().describe('Who added the countdown, to be told when it can no longer post'),
  locale: z.string().describe('The language in which they are told'),
});
/** Who added a countdown. */
export type Contact = z.output<typeof contactSchema>;

/** The silences of a server's countdowns, and who was told of them. A silence has a random name. */
export const silencesSchema = z.strictObject({
  told: z
    .array(z.string())
    .describe('The silences of which somebody was told, or of which nobody is to be told'),
  sending: z
    .strictObject({
      silences: z.array(z.string()).describe('The silences that the message tells of'),
      nonce: z.string().describe('The nonce by which Discord recognises the message'),
      attempt: z.number().int().min(1).describe('How often it was tried'),
      at: z.string().describe('When it was first tried'),
    })
    .optional(),
});
/** The silences of a server's countdowns, and who was told of them. */
export type Silences = z.output<typeof silencesSchema>;

/** Several countdowns that fall silent within this time are told of in one message. */
const COLLECTED_FOR = Temporal.Duration.from({ minutes: 1 });

const SILENCE = 'silence-';

/** Whether an entry of the due queue is for the message about a server's silent countdowns. */
export const isSilenceNotice = (entryId: string) => entryId.startsWith(SILENCE);
/** Returns the id of that entry. */
export const silenceNoticeId = (guildId: string) => `${SILENCE}${guildId}`;

/** Returns when somebody is told of a silence. */
export const noticeInstant = (silencedAt: Temporal.Instant) => silencedAt.add(COLLECTED_FOR);
