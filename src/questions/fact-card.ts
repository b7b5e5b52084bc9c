import { type Card, type Line, type Next, neighbours, type View } from '../answers/card.ts';
import { castMemberCard, castOf } from '../answers/cast.ts';
import { describe, hasSameValue } from '../answers/describe.ts';
import { lines, publishers, withConfidence, withRemarks } from '../answers/lines.ts';
import { createCard, detail } from '../answers/make-card.ts';
import { personName, slotLabel, titleName } from '../answers/names.ts';
import { releaseLead } from '../answers/release.ts';
import { creditLead } from '../answers/topics.ts';
import { COMMAND_TOPICS, type CommandTopic, type Topic } from '../facts/enums.ts';
import type { Slot } from '../facts/schema.ts';
import { type Fact, history, sourceIds } from '../facts/snapshot.ts';

const HOME = 'ballerina';

/** Returns one slot as an answer: what is known of it or, where the question is about the past, what was believed first. */
export function createFactCard(view: View, id: string, past: boolean): Card {
  const fact = view.snapshot.get(id);
  const title = fact ? titleOfCard(view, fact) : id;
  if (!fact || (fact.claim.spoiler && !view.spoilers)) {
    const lead = fact && { text: view.language.say('ask.spoiler') };
    return createCard(view, {
      title,
      lead,
      next: fact ? nextButtons(view, fact) : [],
      from: fact ? [fact] : [],
    });
  }
  const now = leadOf(view, fact);
  const first = past ? firstBelief(view, fact) : undefined;
  const rest = fact.kind === 'role' ? otherRoles(view, fact) : [];
  return createCard(view, {
    title,
    lead: first ?? now,
    details: [detail(undefined, first && now ? [now] : []), ...rest],
    next: nextButtons(view, fact),
    from: [fact],
  });
}

/** The short answer, as the matching command gives it. */
function leadOf(view: View, fact: Fact): Line | undefined {
  if (fact.kind === 'release') return releaseLead(view, fact);
  if (fact.kind === 'credit') {
    const { title, job } = fact.slot;
    if (job === 'director' || job === 'writer' || job === 'producer')
      return creditLead(view, title, job, fact);
  }
  if (fact.kind === 'role') {
    const member = castOf(view, fact.slot.title).find(({ person }) => person === fact.slot.person);
    if (member) return castMemberCard(view, fact.slot.title, member).lead;
  }
  const sentence = sentenceOf(view, fact);
  if (sentence !== undefined) return withRemarks(view, fact, withConfidence(view, fact, sentence));
  // The sentence about a project begins with its title.
  return lines(view, fact, fact.kind === 'project' ? undefined : slotLabel(view, fact))[0];
}

/** Measures of which the card says a whole sentence, and which sentence of the catalogue that is. */
const SENTENCES = {
  runtime: 'runtime',
  budget: 'budget',
  gross: 'gross',
  critics: 'critics',
  audience: 'audience',
  metacritic: 'other',
} as const;

const hasSentence = (measure: string): measure is keyof typeof SENTENCES => measure in SENTENCES;

/** A measure, rating or date of a life as a sentence; undefined where its label has to do, or its sources disagree. */
function sentenceOf(view: View, fact: Fact): string | undefined {
  const { say, date } = view.language;
  if ('sides' in fact.claim) return undefined;
  const value = describe(view, fact);
  if (fact.kind === 'measure') {
    const { measure, title } = fact.slot;
    return hasSentence(measure)
      ? say('measure.sentence', { title: titleName(view, title), measure: SENTENCES[measure], value })
      : undefined;
  }
  if (fact.kind === 'company' && fact.slot.role !== 'studio')
    return say('company.sentence', {
      title: titleName(view, fact.slot.title),
      role: fact.slot.role === 'publisher' ? 'other' : fact.slot.role,
      names: value,
    });
  if (fact.kind === 'rating')
    return say('rating.sentence', {
      title: titleName(view, fact.slot.title),
      rating: value,
      board: fact.slot.board === 'CinemaScore' ? 'CinemaScore' : 'other',
      name: fact.slot.board,
    });
  if (fact.kind === 'life')
    return say('life.sentence', {
      name: personName(view, fact.slot.person),
      event: fact.slot.event === 'born' ? 'born' : 'other',
      date: date(fact.claim.date),
    });
  return undefined;
}

/** Other roles of the same actor. */
function otherRoles(view: View, fact: Fact<'role'>) {
  const member = castOf(view, fact.slot.title).find(({ person }) => person === fact.slot.person);
  return member ? castMemberCard(view, fact.slot.title, member).details : [];
}

/** What was believed before anything changed. */
function firstBelief(view: View, fact: Fact): Line | undefined {
  const versions = [...history(fact), fact];
  const at = versions.findIndex((version, index) => {
    const next = versions[index + 1];
    return next && !isEmpty(version) && !hasSameValue(view, version, next);
  });
  const first = versions[at];
  const next = versions[at + 1];
  if (!first || !next || (first.claim.spoiler && !view.spoilers)) return undefined;
  const { say, date } = view.language;
  const text = say('ask.first', {
    text: describe(view, first),
    since: date(first.claim.known),
    until: date(next.claim.known),
    publishers: publishers(view, { sources: sourceIds(first.claim) }),
  });
  return { text, from: fact };
}

/** Whether a claim says only that nothing was known: a question about the past does not ask for that. */
const isEmpty = ({ claim }: Fact) =>
  claim.status === 'undated' || ('character' in claim && claim.character === null);

/** "Ballerina · Release", "Lance Reddick" */
function titleOfCard(view: View, fact: Fact): string {
  const { say } = view.language;
  const { slot } = fact;
  const about = subjectOf(slot);
  const name = about in view.facts.people ? personName(view, about) : titleName(view, about);
  const topic = topicOf(slot);
  return topic && !(about in view.facts.people)
    ? say('card.title', { title: name, topic: say(`topic.${topic}`) })
    : name;
}

/** The title or the person that it is about. */
function subjectOf(slot: Slot): string {
  if (slot.kind === 'gap') return slot.to;
  if (slot.kind === 'life' || slot.kind === 'appearance') return slot.person;
  return slot.kind === 'prose' ? slot.about : slot.title;
}

/** The answer of the commands to which a slot belongs. */
function topicOf(slot: Slot): Topic | undefined {
  switch (slot.kind) {
    case 'release':
      return slot.medium === 'theatrical' || slot.medium === 'premiere' ? 'release' : 'streaming';
    case 'credit':
      return slot.job === 'director' || slot.job === 'producer'
        ? slot.job === 'director'
          ? 'director'
          : 'producers'
        : slot.job === 'writer' || slot.job === 'characters'
          ? 'writers'
          : 'overview';
    case 'role':
      return 'cast';
    case 'trailer':
      return 'trailer';
    case 'story':
    case 'gap':
      return 'setting';
    case 'prose':
    case 'event':
      return slot.topics?.[0];
    case 'life':
    case 'appearance':
      return 'reddick';
    case 'project':
      return 'upcoming';
    default:
      return 'overview';
  }
}

/** Buttons to the matching command first, then to related topics. */
function nextButtons(view: View, { slot }: Fact): Next[] {
  const title = subjectOf(slot);
  if (title !== HOME && title in view.facts.titles) {
    return [
      { path: 'wick/film', options: { title }, label: titleName(view, title) },
      ...neighbours(view, 'timeline', 'upcoming'),
    ];
  }
  const topic = topicOf(slot);
  const own = topic && isCommandTopic(topic) && topic !== 'film' ? neighbours(view, topic) : [];
  return [...own, ...neighbours(view, 'overview', 'timeline').filter(({ path }) => path !== own[0]?.path)];
}

const isCommandTopic = (topic: Topic): topic is CommandTopic =>
  (COMMAND_TOPICS as readonly Topic[]).includes(topic);
