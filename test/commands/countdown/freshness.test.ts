import { expect, test } from 'vitest';
import { added, botAt, said } from './support.ts';

const CZECHIA = 'release:ballerina/release/theatrical/cz channel:releases milestones:1,0';

test('a countdown to a planned day that has passed shows that it is not confirmed', async () => {
  const sandbox = await botAt('2025-06-01T00:00:00Z');
  await added(sandbox, CZECHIA);
  expect(await said(sandbox, '/countdown list')).not.toContain('not confirmed');
  await sandbox.turn('2025-06-10T00:00:00Z');
  for (const command of ['/countdown list', '/countdown preview countdown:Ballerina'])
    expect(await said(sandbox, command), command).toContain(
      'It was planned for June 5, 2025; not confirmed.',
    );
});

test('the preview of a countdown without a date shows the last confirmation', async () => {
  const sandbox = await botAt('2025-12-01T00:00:00Z');
  await added(sandbox, 'release:caine/release/theatrical/us channel:releases');
  expect(await said(sandbox, '/countdown preview countdown:Caine')).toContain('Last confirmed May 6, 2025.');
});

test('the preview of a recently confirmed countdown shows no last confirmation', async () => {
  const sandbox = await botAt('2025-05-29T00:00:00Z');
  await added(sandbox, 'release:ballerina/release/theatrical/in channel:releases');
  expect(await said(sandbox, '/countdown preview countdown:Ballerina')).not.toContain('Last confirmed');
});
