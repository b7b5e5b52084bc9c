import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDocuments, type DocumentStore } from '../../src/store/documents.ts';
import { STORES } from './stores.ts';

const schema = z.strictObject({ name: z.string() });

describe.each(STORES)('%s', (_, openStore) => {
  test('a document is read as stored, and is missing once deleted', async () => {
    const { open } = await openStore();
    const people = open('people', schema);
    expect(await people.get('winston')).toBeUndefined();
    await people.set('winston', { name: 'Winston' });
    await people.set('winston', { name: 'Winston Scott' });
    expect(await people.get('winston')).toEqual({ name: 'Winston Scott' });
    await people.delete('winston');
    await people.delete('winston');
    expect(await people.get('winston')).toBeUndefined();
  });

  test('documents of different kinds are separate', async () => {
    const { open } = await openStore();
    const [people, places] = [open('people', schema), open('places', schema)];
    await people.set('x', { name: 'a person' });
    expect(await places.get('x')).toBeUndefined();
    await places.set('x', { name: 'a place' });
    await places.delete('x');
    expect(await people.get('x')).toEqual({ name: 'a person' });
  });

  test('the ids of all documents of a kind are listed, whatever their number', async () => {
    const { open } = await openStore();
    const kinds = ['people', 'people of old', 'peoples', 'p%', 'zebras'].map((kind) => open(kind, schema));
    for (const kind of kinds.slice(1)) await kind.set('x', { name: 'another' });
    const [people] = kinds;
    const ids = Array.from({ length: 510 }, (_, number) => `${number % 2 ? 'Ä::' : 'a'}${number}`);
    await Promise.all(ids.map((id) => people?.set(id, { name: id })));
    const found: string[] = [];
    for await (const id of people?.ids() ?? []) found.push(id);
    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  test('a document is stored without any change', async () => {
    const { open } = await openStore();
    const people = open('people', schema);
    const name = '☃ “quotes” \\ \' " %_ \n\t $1 :base64:x {}';
    await people.set(name, { name });
    expect(await people.get(name)).toEqual({ name });
  });

  test('reading a damaged document throws and names it', async () => {
    const { open, damage } = await openStore();
    const people = open('people', schema);
    await people.set('winston', { name: 'Winston' });
    await damage('{"value":{"name":7}}');
    await expect(people.get('winston')).rejects.toThrow('people "winston" is damaged');
    await damage('{"value":{"na');
    await expect(people.get('winston')).rejects.toThrow();
    await damage('');
    await expect(people.get('winston')).rejects.toThrow();
  });

  test('every call on a closed store throws', async () => {
    const { open, queue, close } = await openStore();
    const people = open('people', schema);
    await people.set('winston', { name: 'Winston' });
    await close();
    await expect(people.get('winston')).rejects.toThrow();
    await expect(people.set('winston', { name: 'W' })).rejects.toThrow();
    await expect(people.delete('winston')).rejects.toThrow();
    await expect(queue.nextAt(new Set())).rejects.toThrow();
  });
});

/** A store of which every call fails as given. */
const failing = (how: () => Promise<never> | Promise<boolean>) => {
  const store = { get: how, set: how, delete: how, clear: how } as unknown as DocumentStore;
  return createDocuments(() => store)('people', schema);
};

test('a failed read throws and never looks like a missing document', async () => {
  const people = failing(() => Promise.reject(new Error('disk I/O error')));
  await expect(people.get('winston')).rejects.toThrow('disk I/O error');
});

test('a failed write or deletion throws', async () => {
  const people = failing(() => Promise.reject(new Error('disk full')));
  await expect(people.set('winston', { name: 'Winston' })).rejects.toThrow('disk full');
  await expect(people.delete('winston')).rejects.toThrow('disk full');
});

test('a write for which keyv returns false throws', async () => {
  const people = failing(() => Promise.resolve(false));
  await expect(people.set('winston', { name: 'Winston' })).rejects.toThrow('could not be stored');
});
