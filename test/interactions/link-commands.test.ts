import { describe, expect, test } from 'vitest';
import { linkCommands } from '../../src/interactions/link-commands.ts';
import { sandboxOfFile } from '../support.ts';

const sandbox = sandboxOfFile();
const ids = new Map([['countdown', '123456789012345678']]);
const QUIET = { allowed_mentions: { parse: [] as [] } };

describe('the name of a command in a message', () => {
  test('can be clicked, with the id that Discord gave the command', async () => {
    const { commands } = await sandbox().state();
    const id = commands.find(({ name }) => name === 'ballerina')?.id;
    const help = JSON.stringify((await sandbox().command('/concierge help')).reply);
    expect(help).toContain(`</ballerina release:${id}>`);
    expect(help).not.toContain('`/ballerina release`');
  });

  test('can be clicked in text, embeds and components alike', () => {
    const text = 'Use `/countdown status`.';
    const linked = 'Use </countdown status:123456789012345678>.';
    const message = {
      ...QUIET,
      content: text,
      embeds: [{ description: text, fields: [{ name: 'x', value: text }] }],
      components: [{ type: 17 as const, components: [{ type: 10 as const, content: text }] }],
    };
    expect(linkCommands(message, ids)).toEqual({
      ...QUIET,
      content: linked,
      embeds: [{ description: linked, fields: [{ name: 'x', value: linked }] }],
      components: [{ type: 17, components: [{ type: 10, content: linked }] }],
    });
  });

  test('stays as it is where it has options, or where the command has no id', () => {
    const content = 'Use `/countdown add release:Caine` or `/remind list`.';
    expect(linkCommands({ ...QUIET, content }, ids).content).toBe(content);
    expect(linkCommands({ ...QUIET, content: '`/countdown list`' }, new Map()).content).toBe(
      '`/countdown list`',
    );
  });

  test('stays as it is where the message would become too long', () => {
    const content = `${'x'.repeat(1975)} \`/countdown list\``;
    expect(linkCommands({ ...QUIET, content }, ids).content).toBe(content);
  });
});
