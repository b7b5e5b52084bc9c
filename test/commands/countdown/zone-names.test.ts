import { expect, test } from 'vitest';
import { press, textIn } from '../../support.ts';
import { added, botAt, said } from './support.ts';

const ADD = '/countdown add release:ballerina/release/theatrical/us channel:releases timezone:';

test('/countdown add with an ambiguous time zone lists the candidates and adds nothing', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  const answer = await said(sandbox, `${ADD}China`);
  expect(answer).toContain('fits several time zones for `timezone`: `Asia/Shanghai` and `Asia/Urumqi`');
  expect(await said(sandbox, `${ADD}EST`)).toMatch(/`America\/New_York`.*`America\/Panama`/);
  expect(await said(sandbox, '/countdown list')).not.toContain('Ballerina');
});

test('a UTC offset is suggested and shown in its usual form', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  const { choices = [] } = await sandbox.autocomplete(`${ADD}utc+1`);
  expect(choices[0]).toEqual({ name: 'UTC+1 – 01:00', value: 'Etc/GMT-1' });
  expect(await added(sandbox, 'release:ballerina channel:releases timezone:UTC+1')).toContain(
    'at 09:00 UTC+1 –',
  );
});

test('the settings form lists the candidates for an ambiguous time zone', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  const shown = await sandbox.command({ text: '/countdown settings' });
  const { interaction = '' } = await press(sandbox, shown, 'Change …');
  const refused = await sandbox.modal({ interaction, fields: { timezone: 'Spain' } });
  expect(textIn(refused)).toContain('`Atlantic/Canary` and `Europe/Madrid`');
});
