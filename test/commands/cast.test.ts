import { describe, expect, test } from 'vitest';
import { buttonsIn, leadIn, press, sandboxOfFile, textIn } from '../support.ts';

const sandbox = sandboxOfFile();

describe('autocomplete of /ballerina cast', () => {
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
    ['maaser', 'Robert Maaser – an undisclosed role'],
  ])('suggests for “%s” %s first', async (typed, first) => {
    expect((await offered(`person:${typed}`))[0]).toBe(first);
  });

  test('suggests the whole cast before anything is typed', async () => {
    expect(await offered('person:')).toHaveLength(18);
  });

  test('suggests only the cast known on the day in as_of', async () => {
    expect(await offered('as_of:2024-01-20 person:')).toHaveLength(8);
    expect(await offered('as_of:2024-01-20 person:ana')).toContain('Ana de Armas – Rooney');
    expect(await offered('as_of:2024-01-20 person:norman')).toEqual(['Norman Reedus – an undisclosed role']);
  });

  test.each(['eve', 'macarro', 'lena', 'daniel pine', 'castañeda'])(
    'suggests nobody for “%s” as of January 2024',
    async (typed) => {
      expect(await offered(`as_of:2024-01-20 person:${typed}`)).toEqual([]);
    },
  );

  test('treats an invalid or future day as today', async () => {
    expect(await offered('as_of:soon person:rooney')).toEqual(['Ana de Armas – Eve Macarro']);
    expect(await offered('as_of:2030-01-01 person:rooney')).toEqual(['Ana de Armas – Eve Macarro']);
  });

  test.each(['zzzzz', '🎬', '@everyone', '**', 'x'.repeat(100)])(
    'handles “%s” without an error',
    async (typed) => {
      expect((await offered(`person:${typed}`)).length).toBeLessThanOrEqual(25);
    },
  );
});

describe('/ballerina cast with a person', () => {
  const ask = (text: string) => sandbox().command(`/ballerina cast ${text}`);

  test.each([
    ['ana-de-armas', '**Ana de Armas** plays **Eve Macarro** in *Ballerina*.'],
    ['Ana', '**Ana de Armas** plays **Eve Macarro**'],
    ['Sandino Moréno', '**Catalina Sandino Moreno** plays **Lena**'],
    ['Rooney', '**Ana de Armas** plays **Eve Macarro**'],
    ['winston', '**Ian McShane** plays **Winston Scott**'],
    ['Jardani Jovonovich', '**Keanu Reeves** plays **John Wick**'],
    ['Robert Maaser', '**Robert Maaser** is in *Ballerina*, in an undisclosed role.'],
  ])('finds %s', async (typed, lead) => {
    expect(leadIn(await ask(`person:${typed}`))).toContain(lead);
  });

  test('shows the other parts of the person in the franchise', async () => {
    expect(textIn(await ask('person:Anjelica Huston'))).toContain('*Chapter 3*: The Director');
  });

  test('suggests a similar name with a button', async () => {
    const answer = await ask('person:Roonye');
    expect(leadIn(answer)).toBe(
      'I don’t know anyone called “Roonye” in the cast of *Ballerina*. Did you mean Ana de Armas – Eve Macarro?',
    );
    expect(textIn(await press(sandbox(), answer, 'Ana de Armas'))).toContain('plays **Eve Macarro**');
  });

  test('lists all members with the same surname', async () => {
    const answer = await ask('person:Macarro');
    expect(leadIn(answer)).toMatch(/Did you mean .*Ana de Armas.* and .*Javier Macarro/);
  });

  test('offers the whole cast for an unknown name', async () => {
    const answer = await ask('person:zzzzz');
    expect(leadIn(answer)).toContain('Ask for the whole cast');
    expect(buttonsIn(answer).map(({ label }) => label)).toContain('Cast');
  });

  test('does not know Eve as of January 2024', async () => {
    expect(textIn(await ask('person:Eve as_of:2024-01-20'))).toContain('I don’t know anyone called “Eve”');
  });
});
