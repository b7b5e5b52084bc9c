import { type Contact, contactSchema } from '../countdown/contact.ts';
import type { OpenDocuments } from '../store/documents.ts';

/** Who added each countdown of a server. */
export interface Contacts {
  /** Returns who added a countdown; undefined if that is not stored. */
  get(countdownId: string): Promise<Contact | undefined>;
  set(countdownId: string, contact: Contact): Promise<void>;
  delete(countdownId: string): Promise<void>;
  /** Yields the ids of the countdowns that a person added, with what is stored about the person. Reads all contacts. */
  ofPerson(userId: string): AsyncIterable<{ countdownId: string; contact: Contact }>;
  /** Erases a person from all countdowns that they added. Reads all contacts. */
  deletePerson(userId: string): Promise<void>;
}

/** Opens the contacts. They have documents of their own, so that they can be erased without a change to a countdown. */
export function createContacts(open: OpenDocuments): Contacts {
  const documents = open('contacts', contactSchema);
  async function* ofPerson(userId: string) {
    for await (const countdownId of documents.ids()) {
      const contact = await documents.get(countdownId);
      if (contact?.userId === userId) yield { countdownId, contact };
    }
  }
  return {
    get: (countdownId) => documents.get(countdownId),
    set: (countdownId, contact) => documents.set(countdownId, contact),
    delete: (countdownId) => documents.delete(countdownId),
    ofPerson,
    async deletePerson(userId) {
      for await (const { countdownId } of ofPerson(userId)) await documents.delete(countdownId);
    },
  };
}
