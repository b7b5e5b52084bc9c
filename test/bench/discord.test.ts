import { fork } from 'node:child_process';
import { expect, test } from 'vitest';
import { createGuildPayloads } from '../../bench/discord/guilds.ts';
import { createInteractions } from '../../bench/discord/questions.ts';

test('guild payloads differ only in their ids, and all ids differ', () => {
  const payload = createGuildPayloads(50);
  const idsOf = (n: number) => {
    const { id, roles, channels } = JSON.parse(payload(n)) as Record<
      'roles' | 'channels',
      { id: string }[]
    > & {
      id: string;
    };
    return [id, ...roles.slice(1).map((role) => role.id), ...channels.map((channel) => channel.id)];
  };
  const ids = [0, 1, 2_499, 9_999].flatMap(idsOf);
  expect(new Set(ids).size).toBe(4 * 52);
  expect(ids.every((id) => /^\d{17,20}$/.test(id))).toBe(true);
  expect(payload(9_999)).not.toContain('@0"');
});

test('created interactions differ in id and token, and their wordings take turns', () => {
  const question = { name: 'x', path: 'ballerina/cast', wordings: [{ person: 'a' }, { person: 'b' }] };
  const createInteraction = createInteractions(question);
  const [first, second] = [createInteraction(1, 't1'), createInteraction(2, 't2')].map((json) =>
    JSON.parse(json),
  );
  expect([first.token, second.token]).toEqual(['t1', 't2']);
  expect(first.id).not.toBe(second.id);
  const typed = (interaction: typeof first) => interaction.data.options[0].options[0].value;
  expect([typed(first), typed(second)]).toEqual(['b', 'a']);
});

test('a unique question never has the same text twice', () => {
  const wordings = [{ question: 'who plays eve' }, { question: 'who directed it' }];
  const createInteraction = createInteractions({
    name: 'x',
    path: 'ballerina/ask',
    wordings,
    isUnique: true,
  });
  const texts = Array.from({ length: 5_000 }, (_, n) => {
    const { data } = JSON.parse(createInteraction(n, 't'));
    return data.options[0].options[0].value as string;
  });
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.every((text) => /^[a-z ]+$/.test(text))).toBe(true);
});

test('the measuring Discord exits with the process that started it', async () => {
  const child = fork('bench/discord/main.ts', [], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('message', resolve));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  expect(await ended).toBe(0);
});
