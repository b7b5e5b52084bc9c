import { expect, test } from 'vitest';
import { listCountables } from '../../../src/countdown/countable-releases.ts';
import { createPost } from '../../../src/discord/posting/countdown-message.ts';
import { loadData } from '../../../src/knowledge/load.ts';
import { countdownOf } from '../../countdown/plans.ts';
import { at } from '../../delivery/support.ts';

const { facts, catalogue } = loadData('data');
const language = catalogue.in('en-US');
const NONCE = 'abcdefghijklmnopqrstuvwx';

/** The buttons of a post on a day, for a countdown. */
function buttonsOf(countdown: ReturnType<typeof countdownOf>, today: string, date: string): string[] {
  const view = { facts, snapshot: facts.asOf(today), language, spoilers: false };
  const kind = countdown.anniversary ? 'anniversary' : 'milestone';
  const now = at(`${today}T12:00:00Z`);
  const occurrence = { key: 'x/y', kind, due: now, date, daysBefore: 0, was: null } as const;
  const { body } = createPost(view, countdown, occurrence, NONCE, now);
  return body.components.flatMap((row) =>
    'components' in row ? row.components.map((button) => JSON.stringify(button)) : [],
  );
}

test.each(['2024-01-20', '2025-05-01', '2026-11-22'])(
  'on %s every post of every release carries its mark once, and has the button for reminders before the day',
  (today) => {
    const view = { facts, snapshot: facts.asOf(today), language, spoilers: false };
    const countables = listCountables(view);
    expect(countables.length).toBeGreaterThan(20);
    for (const { release, anniversary } of countables) {
      const countdown = countdownOf({ release, anniversary });
      const ahead = buttonsOf(countdown, today, '2027-12-24');
      expect(ahead.filter((button) => button.includes(NONCE))).toHaveLength(1);
      expect(ahead[0]).toContain('remind/me');
      expect(buttonsOf(countdown, today, today).filter((button) => button.includes(NONCE))).toHaveLength(1);
    }
  },
);

test.each([true, undefined])('a post of an own date carries its mark once, personal: %s', (personal) => {
  const own = { title: 'Party', date: '2025-06-06' };
  const countdown = countdownOf({ release: 'own', own, ...(personal && { personal }) });
  for (const today of ['2025-06-01', '2025-06-06', '2025-06-08']) {
    const buttons = buttonsOf(countdown, today, own.date);
    expect(buttons.filter((button) => button.includes(NONCE))).toHaveLength(1);
  }
});
