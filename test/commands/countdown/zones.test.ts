import { expect, test } from 'vitest';
import { added, at, botAt, times } from './support.ts';

const ZONES = {
  'Pacific/Apia': 'general',
  'Pacific/Kiritimati': 'announcements',
  'Asia/Kathmandu': 'releases',
  'America/St_Johns': 'fourth',
} as const;

test('countdowns in different time zones each post at nine local time', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  await sandbox.world({ addChannel: { name: 'fourth' } });
  for (const [zone, channel] of Object.entries(ZONES))
    await added(
      sandbox,
      `release:ballerina/release/theatrical/us channel:${channel} timezone:${zone} time:9am milestones:0`,
    );
  await sandbox.turn('2025-06-08T00:00:00Z');
  for (const [zone, channel] of Object.entries(ZONES)) {
    const posted = await times(sandbox, channel);
    expect(posted.map((time) => at(time).toZonedDateTimeISO(zone).toPlainDateTime().toString())).toEqual([
      '2025-06-06T09:00:00',
    ]);
  }
  expect(await times(sandbox, 'announcements')).toEqual(['2025-06-05T19:00Z']);
  expect(await times(sandbox, 'fourth')).toEqual(['2025-06-06T11:30Z']);
});
