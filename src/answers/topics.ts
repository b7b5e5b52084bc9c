import type { CommandTopic, Job, Topic } from '../facts/enums.ts';
import type { Fact } from '../facts/snapshot.ts';
import { type Card, type Line, mapLine, neighbours, type View } from './card.ts';
import { keyFacts, trailerLink } from './key-facts.ts';
import { allLines, labelledLines, lines, prose, releaseLines, withRemarks } from './lines.ts';
import { createCard, detail, heading, splitLead } from './make-card.ts';
import { creditNames, titleName } from './names.ts';
import { mainRelease, releasesOf } from './release.ts';

/** Returns the answer to a topic of prose: plot, setting, Keanu Reeves, the sequel. */
export function proseCard(view: View, title: string, topic: Topic, next: CommandTopic[]): Card {
  const facts = prose(view, topic, title);
  const { lead, rest } = splitLead(view, facts);
  return createCard(view, {
    title: heading(view, title, topic),
    lead,
    details: [detail(undefined, rest)],
    next: neighbours(view, ...next),
    from: facts,
  });
}

/** Returns the answer who directed, wrote or produced a title. */
export function creditCard(
  view: View,
  title: string,
  topic: 'director' | 'writers' | 'producers',
  job: 'director' | 'writer' | 'producer',
  next: CommandTopic[],
): Card {
  const credits = creditsOf(view, title, job);
  const remarks = prose(view, topic, title);
  const led = splitLead(view, remarks);
  const related = job === 'writer' ? creditsOf(view, title, 'characters') : [];
  return createCard(view, {
    title: heading(view, title, topic),
    lead: credits[0] ? creditLead(view, title, job, credits[0]) : led.lead,
    details: [
      detail(undefined, [
        ...labelledLines(view, related),
        ...(credits[0] ? allLines(view, remarks) : led.rest),
      ]),
      detail(view.language.say('history.heading'), allLines(view, eventsOf(view, title, topic))),
    ],
    next: neighbours(view, ...next),
    from: [...credits, ...remarks],
  });
}

/** Returns a credit as a sentence: "*Ballerina* is directed by **Len Wiseman**." */
export function creditLead(
  view: View,
  title: string,
  job: 'director' | 'writer' | 'producer',
  fact: Fact<'credit'>,
): Line | undefined {
  if ('sides' in fact.claim) return lines(view, fact)[0];
  const names = creditNames(view, fact.claim);
  return withRemarks(
    view,
    fact,
    view.language.say(`credit.${job}`, { title: titleName(view, title), names }),
  );
}

/** Returns the credits of a title for a job. */
function creditsOf({ snapshot }: View, title: string, job: Job): Fact<'credit'>[] {
  return snapshot.of('credit', (slot) => slot.title === title && slot.job === job);
}

/** Returns the events of a title that belong to a topic. */
function eventsOf({ snapshot }: View, title: string, topic: Topic): Fact<'event'>[] {
  return snapshot.of('event', (slot) => slot.title === title && Boolean(slot.topics?.includes(topic)));
}

/** Returns the answer with the trailers of a title in order of time; before the first one, that there is none. */
export function trailerCard(view: View, title: string): Card {
  const { language, snapshot } = view;
  const trailers = snapshot.of('trailer', (slot) => slot.title === title);
  const open = trailers.filter(({ claim }) => !('sides' in claim) && claim.public);
  const first = open.find(({ slot }) => slot.slot.endsWith('/first'));
  const remarks = prose(view, 'trailer', title);
  const { lead, rest } = splitLead(view, remarks);
  const firstDate = first && 'date' in first.claim ? first.claim.date : undefined;
  const trailerLead =
    first && firstDate
      ? {
          text: language.say('trailer.first', { date: language.date(firstDate), count: open.length }),
          from: first,
        }
      : undefined;
  const list = trailers.flatMap((fact) => trailerLines(view, fact));
  return createCard(view, {
    title: heading(view, title, 'trailer'),
    lead: trailerLead ?? lead,
    ...(trailerLead && { facts: list }),
    isList: true,
    details: [
      detail(language.say('trailer.heading'), list),
      detail(language.say('details.heading'), trailerLead ? allLines(view, remarks) : rest),
    ],
    next: neighbours(view, 'release', 'cast', 'plot'),
    link: trailerLink(view, title),
    from: remarks,
  });
}

function trailerLines(view: View, fact: Fact<'trailer'>): Line[] {
  const shown = lines(view, fact);
  if ('sides' in fact.claim || fact.claim.public) return shown;
  return shown.map((line) => mapLine(line, (text) => view.language.say('trailer.closed', { text })));
}

/** Returns the answer where to see a title at home: prose first, then the dated releases. */
export function streamingCard(view: View, title: string): Card {
  const facts = prose(view, 'streaming', title);
  const { lead, rest } = splitLead(view, facts);
  const home = releasesOf(view, title).filter(({ slot }) =>
    ['digital', 'disc', 'streaming'].includes(slot.medium),
  );
  return createCard(view, {
    title: heading(view, title, 'streaming'),
    lead,
    details: [detail(undefined, rest), detail(view.language.say('film.releases'), releaseLines(view, home))],
    next: neighbours(view, 'release', 'trailer', 'sequel', 'upcoming'),
    from: facts,
  });
}

/** Returns the answer whether a title has a sequel. */
export function sequelCard(view: View, title: string): Card {
  const facts = prose(view, 'sequel', title);
  const { lead, rest } = splitLead(view, facts);
  const project = view.snapshot.of('project', (slot) => slot.title === `${title}-sequel`);
  return createCard(view, {
    title: heading(view, title, 'sequel'),
    lead,
    details: [detail(undefined, rest), detail(view.language.say('film.status'), allLines(view, project))],
    next: neighbours(view, 'upcoming', 'timeline', 'release', 'streaming'),
    from: facts,
  });
}

/** Returns the answer about Lance Reddick: his last role, his life, and what came out after his death. */
export function reddickCard(view: View, title: string): Card {
  const { snapshot, language } = view;
  const facts = prose(view, 'reddick');
  const { lead, rest } = splitLead(view, facts);
  const person = 'lance-reddick';
  return createCard(view, {
    title: heading(view, title, 'reddick'),
    lead,
    details: [
      detail(undefined, rest),
      detail(
        language.say('reddick.life'),
        labelledLines(
          view,
          snapshot.of('life', (slot) => slot.person === person),
        ),
      ),
      detail(
        language.say('reddick.works'),
        allLines(
          view,
          snapshot.of('appearance', (slot) => slot.person === person),
        ),
      ),
    ],
    next: neighbours(view, 'cast', 'keanu', 'release', 'timeline'),
    from: facts,
  });
}

/** Returns the answer what came out after Lance Reddick's death, as a list. */
export function posthumousCard(view: View, title: string): Card {
  const works = view.snapshot.of('appearance', (slot) => slot.person === 'lance-reddick');
  return { ...reddickCard(view, title), facts: allLines(view, works), isList: true };
}

/** Returns the answer with the most important facts of a title. */
export function overviewCard(view: View, title: string): Card {
  const { language, snapshot } = view;
  const facts = prose(view, 'overview', title);
  const { lead, rest } = splitLead(view, facts);
  const main = mainRelease(releasesOf(view, title));
  const roles = snapshot.of('role', (slot) => slot.title === title).slice(0, 5);
  const makers = [
    ...creditsOf(view, title, 'director'),
    ...creditsOf(view, title, 'writer'),
    ...creditsOf(view, title, 'producer'),
  ];
  return createCard(view, {
    title: titleName(view, title, 'full'),
    lead,
    facts: keyFacts(view, title),
    details: [
      detail(undefined, rest),
      detail(language.say('film.releases'), main ? releaseLines(view, [main]) : []),
      detail(
        language.say('film.cast'),
        roles.flatMap((role) => labelledLines(view, [role])),
      ),
      detail(language.say('overview.made-by'), labelledLines(view, makers)),
      detail(
        language.say('overview.numbers'),
        labelledLines(view, [
          ...snapshot.of('measure', (slot) => slot.title === title),
          ...snapshot.of('rating', (slot) => slot.title === title),
        ]),
      ),
      detail(language.say('history.heading'), allLines(view, eventsOf(view, title, 'overview'))),
    ],
    next: [...neighbours(view, 'release', 'cast', 'plot')],
    link: trailerLink(view, title),
    from: facts,
    historyOf: [...facts.slice(0, 1), ...(main ? [main] : [])],
  });
}
