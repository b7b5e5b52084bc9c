import { ButtonStyle, ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, listComponents } from '../rules/components.ts';
import type { Services } from '../services.ts';
import { botPermissions } from '../world/access.ts';
import { findGuildOfChannel } from '../world/messages.ts';
import type { StoredMessage } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './errors.ts';
import {
  type InvocationContext,
  type InvocationContextInput,
  type InvocationResult,
  invoke,
  resolveContext,
} from './invoke.ts';
import { type EntityLookup, type ResolvedData, resolveEntity, SELECT_ENTITY_KINDS } from './option-values.ts';

/** Presses a button, or chooses in a select. */
export function clickComponent(
  services: Services,
  said: InvocationContextInput,
  messageId: string,
  customId: string,
  values: readonly string[],
): Promise<InvocationResult> {
  const { world } = services;
  const source = findMessage(world, messageId);
  const components = (source.message.components ?? []) as unknown as Component[];
  const component = listComponents(components)
    .map(([one]) => one)
    .find((one) => one.custom_id === customId);
  if (!component) throw new ControlError(`The message has no component with the custom id ${customId}`, 404);
  if (component['disabled'] === true) throw new ControlError(`The component ${customId} is disabled`);
  if (component['style'] === ButtonStyle.Link)
    throw new ControlError(`The button ${customId} is only a link`);
  const scene = resolveMessageContext(world, source, said);
  const resolved: ResolvedData = {};
  const chosen =
    component.type === ComponentType.Button
      ? undefined
      : chooseValues(world, scene, component, values, resolved);
  return invoke(services, scene, {
    type: InteractionType.MessageComponent,
    data: {
      id: component.id ?? 0,
      custom_id: customId,
      component_type: component.type,
      ...(chosen ? { values: chosen } : {}),
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    },
    commandName: null,
    source,
  });
}

function findMessage(world: World, id: string): StoredMessage {
  for (const inChannel of world.messages.values()) {
    const stored = inChannel.get(id);
    if (stored) return stored;
  }
  throw new ControlError(`There is no message ${id}`, 404);
}

/** Where the message stands, and who sees it: an ephemeral one only the person it is for. */
function resolveMessageContext(
  world: World,
  { message, onlyFor }: StoredMessage,
  said: InvocationContextInput,
): InvocationContext {
  const channel = world.channels.get(message.channel_id);
  const guild = channel && findGuildOfChannel(world, channel);
  const owner = message.interaction_metadata?.user.id;
  if (!channel) throw new ControlError('The channel of this message is gone', 404);
  const scene = resolveContext(world, {
    ...said,
    user: said.user ?? onlyFor ?? channel.recipient?.id ?? undefined,
    ...(guild ? { guild: guild.id, channel: channel.id } : { context: channel.private ? 'private' : 'dm' }),
    install:
      said.install ??
      (message.interaction_metadata?.authorizing_integration_owners[1] && owner ? 'user' : 'guild'),
  });
  if (onlyFor !== null && onlyFor !== scene.user.id)
    throw new ControlError(`There is no message ${message.id}`, 404);
  return scene;
}

function chooseValues(
  world: World,
  scene: InvocationContext,
  component: Component,
  values: readonly string[],
  resolved: ResolvedData,
): string[] {
  const min = Number(component['min_values'] ?? 1);
  const max = Number(component['max_values'] ?? 1);
  if (values.length < min || values.length > max)
    throw new ControlError(`Choose from ${min} to ${max} values`);
  const kinds = SELECT_ENTITY_KINDS[component.type];
  if (kinds) {
    const botIn: EntityLookup['botPermissions'] = (channel) => botPermissions(world, scene.guild, channel);
    const lookup = { guild: scene.guild, userId: scene.user.id, botPermissions: botIn };
    return values.map((said) => resolveEntity(said, kinds, lookup, resolved));
  }
  const options = (component['options'] ?? []) as { label: string; value: string }[];
  return values.map((said) => {
    const option = options.find((one) => one.value === said) ?? options.find((one) => one.label === said);
    if (!option) throw new ControlError(`${said} is not among the options of ${component.custom_id}`);
    return option.value;
  });
}
