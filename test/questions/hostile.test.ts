import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { componentTexts } from '../../scripts/answer-text.ts';
import { quote } from '../../src/discord/message/format.ts';
import { LIMITS } from '../../src/discord/message/limits.ts';
import { cardReply } from '../../src/interactions/card-reply.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { createAnswerCard } from '../../src/questions/answer-card.ts';
import { createSuggestions } from '../../src/questions/suggestions.ts';
import { expectPanelToFit } from '../discord/support.ts';
import { sandboxOfFile, TODAY, textIn } from '../support.ts';
import { answerables } from './question-sets.ts';
import { newFinder } from './support.ts';

const { facts, catalogue } = loadData('data');
const finder = newFinder();
const { suggest } = createSuggestions(finder);
const snapshot = facts.asOf(TODAY);
const view = { facts, snapshot, language: catalogue.in('en-US'), spoilers: false };
const reply = (question: string) =>
  cardReply(view, createAnswerCard(finder, view, question, quote(question, 120)), {
    path: 'ballerina/ask',
    options: { question },
    asOf: undefined,
  });

const HOSTILE = [
  '@everyone who plays eve',
  '<@&123456789012345678> ||spoiler|| **bold** `code`',
  '[click](https://evil.example)',
  '\u202Etxet sdrawkcab',
  '👩‍👩‍👧‍👦'.repeat(20),
  'a'.repeat(300),
  '\\'.repeat(300),
  '~'.repeat(300),
  '\u0000\u0001\n\n```js\n',
  "'; DROP TABLE countdowns;--",
  'constructor __proto__ toString hasOwnProperty',
  '.',
  'list.cast.nobody',
  'ballerina.release.theatrical.zz',
];

describe('a hostile question', () => {
  const sandbox = sandboxOfFile();

  test.each(HOSTILE)('%j is answered without mentions or links', async (question) => {
    const answer = await sandbox().command(`/ballerina ask question:${question}`);
    if (answer.error) return; // Discord itself refuses it
    const text = textIn(answer);
    expect(text).not.toMatch(/(?<!\\)@everyone|(?<!\\)<@|\]\(https:\/\/evil|\u202E|went wrong/);
  });

  test.each(HOSTILE)('%j is completed within the limits', async (typed) => {
    const { choices } = await sandbox().autocomplete(`/ballerina ask question:${typed}`);
    expect(choices?.length ?? 0).toBeLessThanOrEqual(LIMITS.choices);
  });
});

const words = answerables.map(({ question }) => question);
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  fc
    .array(fc.constantFrom(...words.flatMap((question) => question.split(' '))), {
      minLength: 1,
      maxLength: 20,
    })
    .map((some) => some.join(' ')),
);

test('any question gets a reply within the limits of Discord', () => {
  fc.assert(
    fc.property(anyText, (question) => {
      const { components = [] } = reply(question);
      expectPanelToFit(components);
      expect(componentTexts(components).join('').length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('any text that is typed gets suggestions', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      expect(Array.isArray(suggest(view, typed))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('two finders find the same for the same question', () => {
  const fresh = newFinder();
  fc.assert(
    fc.property(fc.constantFrom(...words), (question) => {
      const again = fresh.find(snapshot, question);
      expect(JSON.stringify(again)).toBe(JSON.stringify(finder.find(snapshot, question)));
    }),
    { numRuns: 100 },
  );
});

describe('a question finds the same answer', () => {
  const target = (question: string) => {
    const found = finder.find(snapshot, question);
    return found.kind === 'answer' ? found.profile.target : 'refused';
  };
  const noise = fc.constantFrom('please', 'hey', 'lol', 'thanks', 'pls', 'hmm', 'bro', 'omg');

  test('with small talk before or after it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), noise, noise, (question, before, after) => {
        expect(target(`${before} ${question} ${after}`)).toEqual(target(question));
      }),
      { numRuns: 300 },
    );
  });

  test('in capitals and with other punctuation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), (question) => {
        expect(target(`${question.toUpperCase()}??`)).toEqual(target(question));
      }),
      { numRuns: 300 },
    );
  });
});
