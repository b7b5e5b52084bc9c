import type { Card, View } from '../answers/card.ts';
import { freshnessLine } from '../answers/freshness.ts';
import { historyLines, provenance } from '../answers/provenance.ts';
import { createEmbed, type Section } from '../discord/message/limits.ts';
import { ACCENT, type Button, buttonRows, type Reply } from '../discord/message/reply.ts';
import type { Day } from '../facts/dates.ts';

/** The request that a card answers; its buttons repeat it. */
export interface CardRequest {
  path: string;
  options: Record<string, string>;
  /** The day asked about; undefined where none was given. */
  asOf: Day | undefined;
}

/** Returns a card as a message: short answer, details, earlier claims, and the sources as the footer. */
export function cardReply(view: View, card: Card, request: CardRequest): Reply {
  const { say } = view.language;
  const before = historyLines(view, card).map(({ text }) => text);
  const freshness = freshnessLine(view, card);
  const hint = card.hidesSpoilers ? [`-# ${say('card.spoilers-hidden')}`] : [];
  const sections: Section[] = [
    { lines: [card.lead.text] },
    ...card.details.map(({ heading, lines }) => ({
      ...(heading && { heading }),
      lines: lines.map(({ text }) => text),
    })),
    { heading: say('card.before'), lines: before },
    { lines: hint },
    { lines: freshness ? [freshness] : [] },
  ];
  const embed = createEmbed({
    title: card.title,
    sections: sections.filter(({ lines }) => lines.length > 0),
    footer: provenance(view, card, request.asOf !== undefined),
    color: ACCENT,
    more: (count) => say('card.more-lines', { count }),
  });
  const components = buttonRows([relatedButtons(card, request), answerButtons(view, card, request)]);
  return {
    embeds: [embed],
    ...(components.length > 0 && { components }),
    ...(card.file && { files: [card.file] }),
    allowed_mentions: { parse: [] },
  };
}

/** Buttons that ask other commands about the same day. */
function relatedButtons(card: Card, { asOf }: CardRequest): Button[] {
  return card.next.map(({ path, options = {}, label }) => ({
    verb: 'ask',
    path,
    options: { ...options, ...(asOf && { as_of: asOf }) },
    label,
  }));
}

/** Buttons about this answer: its spoilers; for an earlier day also what changed since, and the answer of today. */
function answerButtons(view: View, card: Card, { path, options, asOf }: CardRequest): Button[] {
  const { say } = view.language;
  const buttons: Button[] = [];
  if (card.hidesSpoilers) {
    buttons.push({
      verb: 'ask',
      path,
      options: { ...options, spoilers: 'true' },
      label: say('button.spoilers'),
    });
  }
  if (asOf) {
    const { as_of: _, ...today } = options;
    buttons.push({ verb: 'since', path, options, label: say('button.since') });
    buttons.push({ verb: 'ask', path, options: today, label: say('button.now') });
  }
  return buttons;
}
