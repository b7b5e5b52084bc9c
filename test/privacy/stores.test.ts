import { describe, expect, test } from 'vitest';
import { silencesSchema } from '../../src/countdown/contact.ts';
import { BUILT_IN } from '../../src/countdown/defaults.ts';
import { ownerIdOf } from '../../src/countdown/owner.ts';
import { createLedger } from '../../src/delivery/ledger.ts';
import { createRepositories } from '../../src/delivery/repositories.ts';
import { createOwnerDataReader, OWNED } from '../../src/privacy/owner-data.ts';
import { at, factsWith, GUILD, order, PLAIN_HISTORY } from '../delivery/support.ts';
import { STORES } from '../store/stores.ts';

const NOW = at('2024-05-01T00:00:00Z');
const PERSON = ownerIdOf('300000000000000001');
/** Who added the countdowns. */
const USER = '300000000000000002';

describe.each(STORES)('the data of owners in %s', (_, openStore) => {
  /** A server and a person, of whom there is every kind of document. */
  async function withEverything() {
    const store = await openStore();
    const repositories = createRepositories(store, () => factsWith(PLAIN_HISTORY));
    const { countdowns, pauses, departures } = repositories;
    for (const owner of [GUILD, PERSON]) {
      const added = await countdowns.add(owner, order(), NOW, { userId: USER, locale: 'en-US' });
      if (!added.ok) throw new Error(added.why);
      const { id } = added.state.countdown;
      await createLedger(store.open).set(`${id}/7`, { state: 'skipped', why: 'late', at: String(NOW) });
      await pauses.retryPaused(owner, () => true, NOW);
      await departures.markGone(owner, NOW);
      await store.open('silences', silencesSchema).set(owner, { notified: ['a-silence'] });
    }
    return { store, ...repositories, stored: createOwnerDataReader(store.open) };
  }

  test('an export has every kind of document, and nothing after everything is forgotten', async () => {
    const { store, countdowns, stored } = await withEverything();
    const kinds = (await stored(GUILD)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(Object.keys(OWNED).toSorted());
    const ids = (await stored(GUILD)).map(({ id }) => id);
    await countdowns.deleteOwner(GUILD);
    expect(await stored(GUILD)).toEqual([]);
    for (const kind of Object.keys(OWNED)) {
      for await (const id of store.open(kind, OWNED.ledger.schema).ids()) expect(ids).not.toContain(id);
    }
    expect(await stored(PERSON)).toHaveLength(kinds.length);
  });

  test('forgetting the person who added a countdown keeps the countdown', async () => {
    const { countdowns, stored } = await withEverything();
    const adder = ownerIdOf(USER);
    expect((await stored(adder)).map(({ kind }) => kind)).toEqual(['contacts', 'contacts']);
    await countdowns.deleteOwner(adder);
    expect(await stored(adder)).toEqual([]);
    expect(await countdowns.list(GUILD)).toHaveLength(1);
  });

  test('only servers are compared with those that Discord lists: a person’s reminders stay', async () => {
    const { countdowns } = await withEverything();
    expect(await Array.fromAsync(countdowns.servers())).toEqual([GUILD]);
  });

  test('the defaults for new countdowns stay until everything is forgotten', async () => {
    const { countdowns, settings, stored } = await withEverything();
    await settings.setDefaults(GUILD, BUILT_IN);
    const [state] = await countdowns.list(GUILD);
    await countdowns.remove(GUILD, state?.countdown.id ?? '');
    expect((await stored(GUILD)).map(({ kind }) => kind)).toEqual(['countdowns', 'departures']);
    expect(await settings.defaults(GUILD)).toEqual(BUILT_IN);
    await countdowns.deleteOwner(GUILD);
    expect(await stored(GUILD)).toEqual([]);
  });
});
