import type { Profile } from '../answer-profile.ts';
import { HOME } from '../home.ts';
import { type Intent, intentOfList } from '../intent.ts';
import type { Mention } from '../parse-question.ts';
import { matchingPaths } from '../path-pattern.ts';
import { isTitle } from '../read-question.ts';
import { LISTS } from '../vocabulary-schema.ts';

/** What examples ask for, in terms of the answers that there are. */
export interface Labels {
  /** Returns the intents to which paths and patterns lead, the first meant first. */
  intentsOf(asks: readonly string[]): Intent[];
  /** Returns the slots among them that are asked for by themselves. */
  slotsOf(asks: readonly string[]): string[];
  /** Returns all answers that they lead to, whatever is named. */
  answersOf(asks: readonly string[]): Profile[];
  /** Returns those of the answers that a question asks for, by what it names. `names` were put into its placeholders. */
  rightAnswers(asks: readonly string[], names: readonly string[], mentions: readonly Mention[]): Set<Profile>;
}

/** Creates the labels for these answers. */
export function createLabels(profiles: readonly Profile[]): Labels {
  const byPath = Map.groupBy(profiles, pathOf);
  const intents = new Map<string, Intent>([
    ...profiles.map((profile) => [pathOf(profile), profile.intent] as const),
    ...LISTS.map((list) => [`list/${list}`, intentOfList(list)] as const),
  ]);
  const paths = [...intents.keys()];
  const known = new Map<string, string[]>();
  const pathsOf = (ask: string) => {
    const found = known.get(ask) ?? matchingPaths(ask, paths);
    known.set(ask, found);
    return found;
  };
  const answersOf = (asks: readonly string[]) =>
    asks.flatMap(pathsOf).flatMap((path) => byPath.get(path) ?? []);

  return {
    answersOf,
    intentsOf: (asks) => [...new Set(asks.flatMap(pathsOf).flatMap((path) => intents.get(path) ?? []))],
    slotsOf: (asks) => asks.filter((ask) => byPath.has(ask)),
    rightAnswers(asks, names, mentions) {
      const titles = new Set(mentions.filter(namesTitle).flatMap(({ meanings }) => meanings.filter(isTitle)));
      return new Set(
        asks.flatMap((ask) => {
          const answers = answersOf([ask]);
          if (names.length > 0) return aboutAll(answers, names);
          return ask.startsWith('*/') ? ofTitles(answers, titles) : answers;
        }),
      );
    },
  };
}

const pathOf = ({ target }: Profile) => ('slot' in target ? target.slot : `list/${target.list}`);

const namesTitle = ({ kind, isContext, meanings }: Mention) =>
  kind === 'thing' && !isContext && !meanings.includes('franchise');

/** The answers about everything that is named; where there is none, those about the title that are about any such thing. */
function aboutAll(answers: readonly Profile[], names: readonly string[]): readonly Profile[] {
  const about = answers.filter(({ features }) => names.every((name) => features.has(name)));
  if (about.length > 0) return about;
  const ofKind = answers.filter(({ features, kinds }) =>
    names.every((name) => features.has(name) || kinds.has(name.split(':')[0] ?? '')),
  );
  return ofTitles(ofKind, new Set(names));
}

/** The answers about the titles that are named; else those about the film that is meant by default; else all. */
function ofTitles(answers: readonly Profile[], titles: ReadonlySet<string>): readonly Profile[] {
  const named = answers.filter((answer) => answer.titles.some((title) => titles.has(title)));
  if (named.length > 0) return named;
  const atHome = answers.filter((answer) => answer.titles.includes(HOME));
  return atHome.length > 0 ? atHome : answers;
}
