import { type Component, listComponents } from '../rules/components.ts';
import type { World } from './world.ts';

/** Returns a new message as one line: when, where, and how it starts. `data` is the data of its gateway event. */
export function describeMessage(world: World, data: unknown): string {
  const message = data as {
    timestamp: string;
    channel_id: string;
    content: string;
    embeds: { title?: string; description?: string }[];
    components?: Component[];
  };
  const channel = world.channels.get(message.channel_id);
  const [embed] = message.embeds;
  const shown = listComponents(message.components ?? []).map(([component]) => component['content']);
  const text = [message.content, embed?.title, embed?.description, ...shown]
    .filter(Boolean)
    .join(' | ')
    .replaceAll(/\s+/g, ' ');
  const time = Temporal.Instant.from(message.timestamp).toString({ smallestUnit: 'second' });
  return `${time}  #${channel?.name ?? message.channel_id}  ${text.slice(0, 100)}`;
}
