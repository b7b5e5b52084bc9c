import { type dataWith, type Loose, slotIn } from './support.ts';

export const BALLERINA = 'data/claims/ballerina.json';
const CHAPTER_4 = 'data/claims/chapter-4.json';
const REDDICK = 'data/claims/lance-reddick.json';
export const RELEASE = 'ballerina/release/theatrical/us';
export const ROLE = 'ballerina/role/ana-de-armas';

export interface Mistake {
  mistake: string;
  file: string;
  change: Parameters<typeof dataWith>[1];
  /** Where it is said to stand. */
  path: RegExp;
  /** What it says: what is wrong, and what to do. */
  message: RegExp;
}

const slot = (id: string, change: (slot: Loose) => unknown) => (json: Loose) => change(slotIn(json, id));

/** Mistakes that people make in the data, each in a copy of it that is otherwise sound. */
export const mistakes: Mistake[] = [
  {
    mistake: 'an unknown source, nearly right',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].sources = ['variety-dat'];
    }),
    path: /^slots\[\d+\]\.claims\[1\]\.sources\[0\]$/,
    message: /unknown id "variety-dat"\. Did you mean "variety-date"\? .*data\/sources\.json/,
  },
  {
    mistake: 'an unknown person',
    file: BALLERINA,
    change: slot(ROLE, (role) => {
      role.person = 'ana-de-arma';
    }),
    path: /^slots\[\d+\]\.person$/,
    message: /Did you mean "ana-de-armas"\? .*data\/people\.json/,
  },
  {
    mistake: 'an unknown character',
    file: BALLERINA,
    change: slot(ROLE, ({ claims }) => {
      claims.at(-1).character = 'eve-macaro';
    }),
    path: /^slots\[\d+\]\.claims\[\d+\]\.character$/,
    message: /Did you mean "eve-macarro"\? .*data\/characters\.json/,
  },
  {
    mistake: 'an unknown title',
    file: BALLERINA,
    change: slot(RELEASE, (release) => {
      release.title = 'balerina';
    }),
    path: /^slots\[\d+\]\.title$/,
    message: /Did you mean "ballerina"\? .*data\/titles\.json/,
  },
  {
    mistake: 'an id that resembles nothing',
    file: BALLERINA,
    change: slot(ROLE, ({ claims }) => {
      claims[0].sources = ['qqqqqqqq'];
    }),
    path: /sources\[0\]$/,
    message: /^unknown id "qqqqqqqq"\. Correct it, or add it to data\/sources\.json/,
  },
  {
    mistake: 'a claim with an empty list of sources',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].sources = [];
    }),
    path: /^slots\[\d+\]\.claims\[1\]\.sources$/,
    message: /name at least one source/,
  },
  {
    mistake: 'a claim without sources',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      delete claims[1].sources;
    }),
    path: /^slots\[\d+\]\.claims\[1\]\.sources$/,
    message: /is missing; add it/,
  },
  {
    mistake: 'a claim earlier than the claim before it',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].known = '2024-02-22';
    }),
    path: /^slots\[\d+\]\.claims\[2\]\.known$/,
    message: /not after the claim before it .*put the claims in the order/,
  },
  {
    mistake: 'a shoot that ends before it begins',
    file: BALLERINA,
    change: slot('ballerina/event/2022-filming', ({ claims }) => {
      claims.at(-1).until = '2021-01';
    }),
    path: /^slots\[\d+\]\.claims\[\d+\]\.until$/,
    message: /ends on 2021-01, before it begins on .*swap or correct/,
  },
  {
    mistake: 'a first claim that says why it replaces another',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[0].change = 'moved';
    }),
    path: /^slots\[\d+\]\.claims\[0\]\.change$/,
    message: /there is no claim before it; leave it out/,
  },
  {
    mistake: 'a time of validity that ends before it begins',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].valid = { from: '2025-06', until: '2024' };
    }),
    path: /^slots\[\d+\]\.claims\[1\]\.valid\.until$/,
    message: /ends on 2024, before it begins on 2025-06; swap or correct/,
  },
  {
    mistake: 'a death before the birth',
    file: REDDICK,
    change: slot('lance-reddick/life/died', ({ claims }) => {
      claims[0].date = '1923-03-17';
    }),
    path: /^slots\[\d+\]\.claims\[0\]\.date$/,
    message: /died on 1923-03-17, before the birth on 1962-06-07; correct/,
  },
  {
    mistake: 'a range that ends below its beginning',
    file: BALLERINA,
    change: slot('ballerina/measure/critics', ({ claims }) => {
      claims[0].upTo = 3;
    }),
    path: /^slots\[\d+\]\.claims\[0\]\.upTo$/,
    message: /upper end 3 is below 78; swap or correct/,
  },
  {
    mistake: 'a date planned when it had passed',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].date = '2023-01-01';
    }),
    path: /^slots\[\d+\]\.claims\[1\]\.date$/,
    message: /planned for 2023-01-01, which had passed .*is it "released"\?/,
  },
  {
    mistake: 'a release before its day',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims.at(-1).date = '2025-06-07';
    }),
    path: /^slots\[\d+\]\.claims\[\d+\]\.date$/,
    message: /"released" on 2025-06-07, after the day it became known .*is it "planned"\?/,
  },
  {
    mistake: 'an undated release with a date',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[0].date = '2024-06-07';
    }),
    path: /^slots\[\d+\]\.claims\[0\]$/,
    message: /a field that is not known here: "date"/,
  },
  {
    mistake: 'a number of titles beyond Discord’s limit',
    file: 'data/titles.json',
    change: ({ titles }) => {
      for (let at = 0; Object.keys(titles).length < 26; at += 1) {
        titles[`more-${at}`] = { kind: 'film', aliases: [] };
      }
    },
    path: /^titles$/,
    message: /26 titles are more than the 25 .*leave the least important out/,
  },
  {
    mistake: 'a number of regions beyond Discord’s limit',
    file: BALLERINA,
    change: slot(RELEASE, (release) => {
      release.regions = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Q${letter}`);
    }),
    path: /^slots\[\d+\]\.regions$/,
    message: /"ballerina" has more than 25 regions.*leave the least important out/,
  },
  {
    mistake: 'a name longer than a choice',
    file: 'data/characters.json',
    change: ({ characters }) => {
      characters.charon.name.en = 'C'.repeat(101);
    },
    path: /^characters\.charon\.name$/,
    message: /longer than 100 characters.*shorten it/,
  },
  {
    mistake: 'a missing comma',
    file: CHAPTER_4,
    change: { text: (text) => text.replace('},', '}') },
    path: /^$/,
    message: /is not JSON: .*Look for a missing comma/,
  },
  {
    mistake: 'a list where a file holds an object',
    file: CHAPTER_4,
    change: { text: () => '[]' },
    path: /^slots$/,
    message: /is missing; a claims file is \{"slots"/,
  },
  {
    mistake: 'a field that does not exist',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].sorces = [];
    }),
    path: /^slots\[\d+\]\.claims\[1\]$/,
    message: /not known here: "sorces"\. Correct its spelling .*slot "ballerina\/release/,
  },
  {
    mistake: 'a field beside the slots',
    file: BALLERINA,
    change: (json) => {
      json.slot = [];
    },
    path: /^slot$/,
    message: /is not known here; beside "\$schema" the file holds only "slots"/,
  },
  {
    mistake: 'a status that does not exist',
    file: BALLERINA,
    change: slot(ROLE, ({ claims }) => {
      claims[0].status = 'rumoured';
    }),
    path: /^slots\[\d+\]\.claims\[0\]\.status$/,
    message: /change its value/,
  },
  {
    mistake: 'a day that the calendar lacks',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[1].known = '2023-02-29';
    }),
    path: /^slots\[\d+\]\.claims\[1\]\.known$/,
    message: /a day that the calendar has; change its value/,
  },
  {
    mistake: 'a contested claim with one side',
    file: REDDICK,
    change: slot('lance-reddick/cause-of-death', ({ claims }) => claims.at(-1).sides.pop()),
    path: /^slots\[\d+\]\.claims\[\d+\]\.sides$/,
    message: /a contested claim keeps both sides/,
  },
  {
    mistake: 'a source later than its claim',
    file: BALLERINA,
    change: slot(RELEASE, ({ claims }) => {
      claims[0].sources = ['slashfilm-opening'];
    }),
    path: /^slots\[\d+\]\.claims\[0\]\.known$/,
    message: /all its sources are later; set the day of the first source/,
  },
  {
    mistake: 'a text with spoiler bars',
    file: BALLERINA,
    change: slot('ballerina/plot', ({ claims }) => {
      claims[0].text.en = 'It ends ||well||.';
    }),
    path: /^slots\[\d+\]/,
    message: /holds "\|\|"; write spoilers into spoilerText or spoilerNote/,
  },
  {
    mistake: 'a slot that stands in two files',
    file: CHAPTER_4,
    change: (json) => {
      json.slots[0].slot = RELEASE;
    },
    path: /^slots\[0\]\.slot$/,
    message: /stands already in data\/claims\/ballerina\.json at slots\[\d+\]; join their claims or rename/,
  },
  {
    mistake: 'an id with a capital letter',
    file: 'data/people.json',
    change: ({ people }) => {
      people['Keanu'] = { name: 'Keanu' };
    },
    path: /^people\.Keanu/,
    message: /small letters, digits and single hyphens/,
  },
];
