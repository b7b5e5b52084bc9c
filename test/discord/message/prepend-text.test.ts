import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { prependText } from '../../../src/discord/message/prepend-text.ts';
import type { Reply } from '../../../src/discord/message/reply.ts';

const ofComponents = (content: string): Reply => ({
  components: [{ type: ComponentType.TextDisplay, content }],
  flags: MessageFlags.IsComponentsV2,
  allowed_mentions: { parse: [] },
});

test('a text comes first in a message of components, and in one of text', () => {
  expect(prependText(ofComponents('List'), 'Note')?.components).toEqual([
    { type: ComponentType.TextDisplay, content: 'Note' },
    { type: ComponentType.TextDisplay, content: 'List' },
  ]);
  expect(prependText({ content: 'List', allowed_mentions: { parse: [] } }, 'Note')?.content).toBe(
    'Note\n\nList',
  );
});

test('a message without room for the text is left as it is', () => {
  expect(prependText(ofComponents('x'.repeat(3_997)), 'Note')).toBeUndefined();
  expect(prependText(ofComponents('x'.repeat(3_996)), 'Note')).toBeDefined();
});
