import type { Card, View } from '../answers/card.ts';
import { beforeLines, provenance } from '../answers/provenance.ts';
import { createEmbed, type Section } from '../discord/message/limits.ts';
import { ACCENT, type Button, buttonRows, type Reply } from '../discord/message/reply.ts';
import type { Day } from '../facts/dates.ts';

/** How a card was asked for, so that its buttons can ask on on the same day. */
export interface CardRequest {
  path: string;
  options: Record<string, string>;
  /** The day asked about, where one was given. */
  asOf: Day | undefined;
}

/** A card as a Discord message: the short answer first, details after, what was before, sources as the footer. */
export function cardReply(view: View, card: Card, asked: CardRequest): Reply {
  const { say } = view.language;
  const before = beforeLines(view, card).map((line) => line.text);
  const hint = card.hidesSpoilers ? [`-# ${say('card.spoilers-hidden')}`] : [];
  const sections: Section[] = [
    { lines: [card.lead.text] },
    ...card.details.map(({ heading, lines }) => ({
      ...(heading && { heading }),
      lines: lines.map((line) => line.text),
    })),
    { heading: say('card.before'), lines: before },
    { lines: hint },
  ];
  const embed = createEmbed({
    title: card.title,
    sections: sections.filter((section) => section.lines.length > 0),
    footer: provenance(view, card, asked.asOf !== undefined),
    color: ACCENT,
    more: (count) => say('card.more-lines', { count }),
  });
  const components = buttonRows([neighbourButtons(card, asked), ownButtons(view, card, asked)]);
  return {
    embeds: [embed],
    ...(components.length > 0 && { components }),
    ...(card.file && { files: [card.file] }),
    allowed_mentions: { parse: [] },
  };
}

function neighbourButtons(card: Card, { asOf }: CardRequest): Button[] {
  return card.next.map(({ path, options = {}, label }) => ({
    verb: 'ask',
    path,
    options: { ...options, ...(asOf && { as_of: asOf }) },
    label,
  }));
}

/** Buttons about this answer itself. An answer as of an earlier day holds nothing later: what changed is one press away. */
function ownButtons(view: View, card: Card, { path, options, asOf }: CardRequest): Button[] {
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
