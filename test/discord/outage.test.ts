import { expect, onTestFinished, test } from 'vitest';
import { added, posts, said } from '../commands/countdown/support.ts';
import { startPostgres } from '../postgres-server.ts';
import { sandboxFor } from '../sandbox/support.ts';
import { botBeside } from './bots.ts';

const RELEASE = 'release:ballerina/release/theatrical/us';
const AWAY =
  'I can’t reach my database right now. Try again in a minute; `/countdown list` then shows whether anything was changed.';

test.each(['gateway', 'http'])(
  'during an outage of the database (%s) commands say so, questions are answered, and the bot recovers',
  async (INTERACTIONS) => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.end());
    const sandbox = await sandboxFor({ at: '2025-05-07T08:59:30Z' });
    const bot = await botBeside(sandbox, { DATABASE_URL: postgres.url, INTERACTIONS });
    await sandbox.world({ interactionsEndpoint: bot.endpoint ? `${bot.endpoint}/interactions` : null });
    await added(sandbox, `${RELEASE} channel:releases milestones:30,7`);

    await postgres.stop();
    for (const command of ['list', `add ${RELEASE} channel:general`, 'remove countdown:ballerina']) {
      expect(await said(sandbox, `/countdown ${command}`)).toBe(AWAY);
    }
    expect((await sandbox.autocomplete('/countdown remove countdown:b')).choices).toEqual([]);
    expect(await said(sandbox, '/ballerina director')).toContain('Len Wiseman');
    await sandbox.turn('2025-05-07T09:00:00Z');
    expect(await posts(sandbox)).toEqual([]);

    await postgres.start();
    await expect.poll(() => said(sandbox, '/countdown list')).toContain('(1 of 25)');
    // The runner rests for some seconds of the bot's clock after it found nobody there.
    await sandbox.turn('2025-05-07T09:00:20Z');
    await expect.poll(() => posts(sandbox)).toHaveLength(1);
  },
);
