import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { LIMITS } from './limits.ts';
import type { Reply } from './reply.ts';

/** Returns the reply with a text before it; undefined if there is no room for it within Discord's limits. */
export function prependText(reply: Reply, text: string): Reply | undefined {
  const { components = [], flags = 0 } = reply;
  if (flags & MessageFlags.IsComponentsV2) {
    const size = sizeOf(components);
    const fits = size.count < LIMITS.components && size.text + text.length <= LIMITS.componentText;
    const first = { type: ComponentType.TextDisplay as const, content: text };
    return fits ? { ...reply, components: [first, ...components] } : undefined;
  }
  const content = reply.content ? `${text}\n\n${reply.content}` : text;
  return content.length <= LIMITS.content ? { ...reply, content } : undefined;
}

/** Returns how many components there are, nested ones included, and how much text they hold. */
function sizeOf(value: unknown): { count: number; text: number } {
  if (typeof value !== 'object' || value === null) return { count: 0, text: 0 };
  const own = {
    count: 'type' in value ? 1 : 0,
    text: 'content' in value && typeof value.content === 'string' ? value.content.length : 0,
  };
  return Object.values(value)
    .map(sizeOf)
    .reduce((sum, size) => ({ count: sum.count + size.count, text: sum.text + size.text }), own);
}
