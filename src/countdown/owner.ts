import { MAX_COUNTDOWNS } from './countdown.ts';

/** Who ordered a countdown: a server, under its id, or a person, whose reminders are countdowns in a direct message. */
const PERSON = 'user:';

/** A person as an owner. No id of a server looks like it. */
export const ownerIdOf = (userId: string) => `${PERSON}${userId}`;

export const isPerson = (owner: string) => owner.startsWith(PERSON);

/** What a person may ask for at most. */
export const MAX_REMINDERS = 10;

/** How many countdowns an owner may have. */
export const maxCountdowns = (owner: string) => (isPerson(owner) ? MAX_REMINDERS : MAX_COUNTDOWNS);
