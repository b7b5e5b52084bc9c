import { describe, expect, test } from 'vitest';
import { buttonsIn, embedIn, press, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();

describe('while a name is typed', () => {
  const offered = async (text: string) => {
    const { choices = [], error } = await sandbox().autocomplete(`/ballerina cast ${text}`);
    expect(error).toBeUndefined();
    return choices.map(({ name }) => name);
  };

  test.each([
    ['sandino moréno', 'Catalina Sandino Moreno – Lena'],
    ['SANDINO', 'Catalina Sandino Moreno – Lena'],
    ['KEANU', 'Keanu Reeves – John Wick'],
    ['keanoo', 'Keanu Reeves – John Wick'],
    ['wick', 'Keanu Reeves – John Wick'],
    ['rooney', 'Ana de Armas – Eve Macarro'],
    ['castaneda', 'David Castañeda – Javier Macarro'],
    ['charon', 'Lance Reddick – Charon'],
    ['the concierge', 'Lance Reddick – Charon'],
    ['reedus', 'Norman Reedus – Daniel Pine'],
    ['maaser', 'Robert Maaser – a role not disclosed'],
  ])('“%s” offers %s first', async (typed, first) => {
    expect((await offered(`person:${typed}`))[0]).toBe(first);
  });

  test('the whole cast is offered where nothing is typed', async () => {
    expect(await offered('person:')).toHaveLength(18);
  });

  test('as of an earlier day the cast of that day is offered', async () => {
    expect(await offered('as_of:2024-01-20 person:')).toHaveLength(8);
    expect(await offered('as_of:2024-01-20 person:ana')).toContain('Ana de Armas – Rooney');
    expect(await offered('as_of:2024-01-20 person:norman')).toEqual(['Norman Reedus – a role not disclosed']);
  });

  test.each(['eve', 'macarro', 'lena', 'daniel pine', 'castañeda'])(
    'as of January 2024 “%s” offers nobody',
    async (typed) => {
      expect(await offered(`as_of:2024-01-20 person:${typed}`)).toEqual([]);
    },
  );

  test('a day that is none, or lies ahead, counts as today', async () => {
    expect(await offered('as_of:soon person:rooney')).toEqual(['Ana de Armas – Eve Macarro']);
    expect(await offered('as_of:2030-01-01 person:rooney')).toEqual(['Ana de Armas – Eve Macarro']);
  });

  test.each(['zzzzz', '🎬', '@everyone', '**', 'x'.repeat(100)])('“%s” does no harm', async (typed) => {
    expect((await offered(`person:${typed}`)).length).toBeLessThanOrEqual(25);
  });
});

describe('a member of the cast', () => {
  const ask = (text: string) => sandbox().command(`/ballerina cast ${text}`);

  test.each([
    ['ana-de-armas', '**Ana de Armas** plays **Eve Macarro** in *Ballerina*.'],
    ['Ana', '**Ana de Armas** plays **Eve Macarro**'],
    ['Sandino Moréno', '**Catalina Sandino Moreno** plays **Lena**'],
    ['Rooney', '**Ana de Armas** plays **Eve Macarro**'],
    ['winston', '**Ian McShane** plays **Winston Scott**'],
    ['Jardani Jovonovich', '**Keanu Reeves** plays **John Wick**'],
    ['Robert Maaser', '**Robert Maaser** is in *Ballerina*, in a role that was not disclosed.'],
  ])('%s', async (typed, lead) => {
    expect(embedIn(await ask(`person:${typed}`)).description).toContain(lead);
  });

  test('is told with their parts elsewhere in the franchise', async () => {
    expect(textIn(await ask('person:Anjelica Huston'))).toContain('Elsewhere in the franchise');
  });

  test('who is nearly called so is asked for, and one press away', async () => {
    const answer = await ask('person:Roonye');
    expect(embedIn(answer).description).toBe(
      'I know nobody called “Roonye” in the cast of *Ballerina*. Did you mean Ana de Armas – Eve Macarro?',
    );
    expect(textIn(await press(sandbox(), answer, 'Ana de Armas'))).toContain('plays **Eve Macarro**');
  });

  test('whose name fits several is not guessed at', async () => {
    const answer = await ask('person:Macarro');
    expect(embedIn(answer).description).toMatch(/Did you mean .*Ana de Armas.* and .*Javier Macarro/);
  });

  test('of whom nobody is called so, the whole cast is offered', async () => {
    const answer = await ask('person:zzzzz');
    expect(embedIn(answer).description).toContain('Ask for the whole cast');
    expect(buttonsIn(answer).map(({ label }) => label)).toContain('Cast');
  });

  test('Eve was nobody in January 2024', async () => {
    expect(textIn(await ask('person:Eve as_of:2024-01-20'))).toContain('I know nobody called “Eve”');
  });
});
