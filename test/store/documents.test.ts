import { join } from 'node:path';
import type { KeyvBridgeStore } from 'keyv';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { documentsIn, sqliteStore } from '../../src/store/documents.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../countdown/support.ts';

const schema = z.strictObject({ name: z.string() });

function database() {
  const { db, close } = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  onTestFinished(close);
  return db;
}

/** A store of which every call fails as given. */
const failing = (how: () => Promise<never> | Promise<boolean>) => {
  const store = { get: how, set: how, delete: how, clear: how } as unknown as KeyvBridgeStore;
  return documentsIn(() => store)('people', schema);
};

test('what is stored is read back, and deleted it is not there', async () => {
  const people = documentsIn(() => sqliteStore(database()))('people', schema);
  expect(await people.get('winston')).toBeUndefined();
  await people.set('winston', { name: 'Winston' });
  await people.set('winston', { name: 'Winston Scott' });
  expect(await people.get('winston')).toEqual({ name: 'Winston Scott' });
  await people.delete('winston');
  await people.delete('winston');
  expect(await people.get('winston')).toBeUndefined();
});

test('documents of different kinds do not meet', async () => {
  const open = documentsIn(() => sqliteStore(database()));
  const [people, places] = [open('people', schema), open('places', schema)];
  await people.set('x', { name: 'a person' });
  expect(await places.get('x')).toBeUndefined();
  await places.set('x', { name: 'a place' });
  await places.delete('x');
  expect(await people.get('x')).toEqual({ name: 'a person' });
});

test('a read that fails throws: it never looks like nothing', async () => {
  const people = failing(() => Promise.reject(new Error('disk I/O error')));
  await expect(people.get('winston')).rejects.toThrow('disk I/O error');
});

test('a write or a deletion that fails throws', async () => {
  const people = failing(() => Promise.reject(new Error('disk full')));
  await expect(people.set('winston', { name: 'Winston' })).rejects.toThrow('disk full');
  await expect(people.delete('winston')).rejects.toThrow('disk full');
});

test('a write that the store denies without a word throws', async () => {
  const people = failing(() => Promise.resolve(false));
  await expect(people.set('winston', { name: 'Winston' })).rejects.toThrow('could not be stored');
});

test('a document that is damaged, or of another form, throws and is named', async () => {
  const db = database();
  const people = documentsIn(() => sqliteStore(db))('people', schema);
  await people.set('winston', { name: 'Winston' });
  const change = (value: string) => db.prepare('UPDATE documents SET value = ?').run(value);
  change('{"value":{"name":7}}');
  await expect(people.get('winston')).rejects.toThrow('people "winston" is damaged');
  change('{"value":{"na');
  await expect(people.get('winston')).rejects.toThrow();
  change('');
  await expect(people.get('winston')).rejects.toThrow();
});

test('once the database is closed, a read throws', async () => {
  const { db, close } = openSqlite(join(temporaryFolder(), 'test.sqlite'));
  const people = documentsIn(() => sqliteStore(db))('people', schema);
  await people.set('winston', { name: 'Winston' });
  close();
  await expect(people.get('winston')).rejects.toThrow();
});
