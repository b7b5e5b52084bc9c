import { expect, test } from 'vitest';
import { problemLine } from '../../src/lib/data-file.ts';
import { dataWith, type Loose, problemsOf } from '../facts/support.ts';

const WORDINGS = 'data/wordings.json';

interface Mistake {
  mistake: string;
  change: (json: Loose) => unknown;
  path: RegExp;
  message: RegExp;
}

const mistakes: Mistake[] = [
  {
    mistake: 'an unknown concept, nearly right',
    change: (json) => {
      json.topics[1].has = ['relase'];
    },
    path: /^topics\[1\]\.has\[0\]$/,
    message: /unknown concept "relase"\. Did you mean "release"\? Correct it, or add it to "concepts"/,
  },
  {
    mistake: 'an unknown person',
    change: (json) => {
      json.names['person:keanu-reves'] = ['neo'];
    },
    path: /^names\.person:keanu-reves$/,
    message: /unknown id "keanu-reves"\. Did you mean "keanu-reeves"\? .*data\/people\.json/,
  },
  {
    mistake: 'a feature that is none',
    change: (json) => {
      json.topics[1].needs = [['Person Keanu']];
    },
    path: /^topics\[1\]\.needs\[0\]\[0\]$/,
    message: /use the name of a concept, or a thing such as/,
  },
  {
    mistake: 'a pattern that is no path',
    change: (json) => {
      json.topics[1].slots = 'ballerina release';
    },
    path: /^topics\[1\]\.slots$/,
    message: /use the path of a slot/,
  },
  {
    mistake: 'an unknown field',
    change: (json) => {
      json.concepts.release.phrase = ['out'];
    },
    path: /^concepts\.release$/,
    message: /not known here: "phrase"/,
  },
  {
    mistake: 'a force that is none',
    change: (json) => {
      json.concepts.release.force = 'soft';
    },
    path: /^concepts\.release\.force$/,
    message: /must be one of "strict", "loose", "hint"/,
  },
  {
    mistake: 'a list that is none',
    change: (json) => {
      json.lists[0].list = 'actors';
    },
    path: /^lists\[0\]\.list$/,
    message: /must be one of "cast"/,
  },
  {
    mistake: 'a word without meaning that is a name too',
    change: (json) => {
      json.names['person:keanu-reeves'].push('neo, Whoá');
      json.fillers.push('hm, whoa');
    },
    path: /^fillers\[\d+\]$/,
    message: /"whoa" stands at names\.person:keanu-reeves\[\d+\] already, with another meaning; keep one/,
  },
  {
    mistake: 'a word of other subjects that has a meaning here',
    change: (json) => {
      json.elsewhere.push('Box Office');
    },
    path: /^elsewhere\[\d+\]$/,
    message: /"Box Office" stands at concepts\.\S+\.phrases\[\d+\] already/,
  },
  {
    mistake: 'a word both without meaning and of other subjects',
    change: (json) => {
      json.fillers.push('hmmm');
      json.elsewhere.push('hmmm');
    },
    path: /^elsewhere\[\d+\]$/,
    message: /"hmmm" stands at fillers\[\d+\] already/,
  },
];

test.each(mistakes)(
  '$mistake is reported with its file, its path and the remedy',
  ({ change, path, message }) => {
    const problems = problemsOf(dataWith(WORDINGS, change));
    const lines = problems.map(problemLine).join('\n');
    const found = problems.find((problem) => path.test(problem.path) && message.test(problem.message));
    expect(found, lines).toBeDefined();
    expect(found?.file).toBe(WORDINGS);
  },
);

test('a phrase may have several meanings', () => {
  const data = dataWith(WORDINGS, (json) => {
    json.concepts.release.phrases.push('whoa');
    json.names['person:keanu-reeves'].push('whoa');
  });
  expect(problemsOf(data)).toEqual([]);
});
