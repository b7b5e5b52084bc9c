import { z } from 'zod';

/** Who added a countdown: they get one message when it can no longer post. */
export const contactSchema = z.strictObject({
  userId: z.string().describe('Who added the countdown and gets a message when it can no longer post'),
  locale: z.string().describe('The language of that message'),
});
/** Who added a countdown. */
export type Contact = z.output<typeof contactSchema>;

/** For which silences of a server's countdowns a message was sent. A silence has a random name. */
export const silencesSchema = z.strictObject({
  notified: z
    .array(z.string())
    .describe('The silences for which a message was sent, or for which none is to be sent'),
  sending: z
    .strictObject({
      silences: z.array(z.string()).describe('The silences that the message is about'),
      nonce: z.string().describe('The nonce by which Discord recognises the message'),
      attempt: z.number().int().min(1).describe('How often it was tried'),
      at: z.string().describe('When it was first tried'),
    })
    .optional(),
});
/** For which silences of a server's countdowns a message was sent. */
export type Silences = z.output<typeof silencesSchema>;

/** Countdowns that fall silent within this time share one message. */
const COLLECTED_FOR = Temporal.Duration.from({ minutes: 1 });

const SILENCE = 'silence-';

/** Whether an entry of the due queue is for the message about a server's silent countdowns. */
export const isSilenceNotice = (entryId: string) => entryId.startsWith(SILENCE);
/** Returns the id of that entry. */
export const silenceNoticeId = (guildId: string) => `${SILENCE}${guildId}`;

/** Returns when the message about a silence is sent. */
export const noticeInstant = (silencedAt: Temporal.Instant) => silencedAt.add(COLLECTED_FOR);
