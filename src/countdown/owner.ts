import { MAX_COUNTDOWNS } from './countdown.ts';

/** An owner is a server, by its id, or a person, by this prefix and their id: reminders are countdowns of a person. */
const PERSON = 'user:';

/** Returns the owner id of a person. No id of a server has its form. */
export const ownerIdOf = (userId: string) => `${PERSON}${userId}`;

/** Returns the user id of an owner who is a person. */
export const userIdOf = (ownerId: string) => ownerId.slice(PERSON.length);

/** Whether an owner is a person. */
export const isPerson = (ownerId: string) => ownerId.startsWith(PERSON);

/** The most reminders of a person. */
export const MAX_REMINDERS = 10;

/** Returns how many countdowns an owner may have. */
export const maxCountdowns = (ownerId: string) => (isPerson(ownerId) ? MAX_REMINDERS : MAX_COUNTDOWNS);
