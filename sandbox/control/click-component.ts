import { ButtonStyle, ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, listComponents } from '../rules/components.ts';
import type { Services } from '../services.ts';
import { findGuildOfChannel } from '../world/channels.ts';
import type { StoredMessage } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { type Caller, type CallerInput, resolveCaller } from './caller.ts';
import { createEntityResolver, type EntityResolver } from './entity-resolver.ts';
import { ControlError } from './errors.ts';
import { type InvocationResult, invoke } from './invoke.ts';
import { resolveSelectValue, SELECT_ENTITY_KINDS } from './option-values.ts';

/** A click on a button, or a choice in a select. */
export interface Click {
  /** The id of the message. */
  readonly message: string;
  readonly customId: string;
  /** What is chosen in a select: values, labels, names or ids. */
  readonly values: readonly string[];
}

/** Clicks a button, or chooses in a select. Throws what Discord's client would not allow. */
export function clickComponent(
  services: Services,
  input: CallerInput,
  { message, customId, values }: Click,
): Promise<InvocationResult> {
  const { world } = services;
  const source = findMessageById(world, message);
  const component = requireComponent(source, customId);
  const caller = resolveCallerOfClick(world, source, input);
  const entities = createEntityResolver(world, caller);
  const chosen =
    component.type === ComponentType.Button ? {} : { values: chooseValues(component, values, entities) };
  return invoke(services, caller, {
    type: InteractionType.MessageComponent,
    data: {
      id: component.id ?? 0,
      custom_id: customId,
      component_type: component.type,
      ...chosen,
      ...entities.createFields(),
    },
    command: null,
    source,
  });
}

function findMessageById(world: World, id: string): StoredMessage {
  for (const channelMessages of world.messages.values()) {
    const stored = channelMessages.get(id);
    if (stored) return stored;
  }
  throw new ControlError(`There is no message ${id}`, 404);
}

function requireComponent({ message }: StoredMessage, customId: string): Component {
  const component = listComponents((message.components ?? []) as unknown as Component[])
    .map(([listed]) => listed)
    .find(({ custom_id }) => custom_id === customId);
  if (!component) throw new ControlError(`The message has no component with the custom id ${customId}`, 404);
  if (component['disabled'] === true) throw new ControlError(`The component ${customId} is disabled`);
  if (component['style'] === ButtonStyle.Link)
    throw new ControlError(`The button ${customId} is only a link`);
  return component;
}

/** Returns the caller in the message's channel. An ephemeral message can be clicked only by the user who sees it. */
function resolveCallerOfClick(world: World, { message, onlyFor }: StoredMessage, input: CallerInput): Caller {
  const channel = world.channels.get(message.channel_id);
  if (!channel) throw new ControlError('The channel of this message is gone', 404);
  const guild = findGuildOfChannel(world, channel);
  const isUserInstall = message.interaction_metadata?.authorizing_integration_owners[1] !== undefined;
  const caller = resolveCaller(world, {
    ...input,
    user: input.user ?? onlyFor ?? channel.recipient?.id ?? undefined,
    ...(guild ? { guild: guild.id, channel: channel.id } : { context: channel.private ? 'private' : 'dm' }),
    install: input.install ?? (isUserInstall ? 'user' : 'guild'),
  });
  if (onlyFor !== null && onlyFor !== caller.user.id)
    throw new ControlError(`There is no message ${message.id}`, 404);
  return caller;
}

function chooseValues(component: Component, values: readonly string[], entities: EntityResolver): string[] {
  const min = Number(component['min_values'] ?? 1);
  const max = Number(component['max_values'] ?? 1);
  if (values.length < min || values.length > max)
    throw new ControlError(`Choose from ${min} to ${max} values`);
  const kinds = SELECT_ENTITY_KINDS[component.type];
  if (kinds) return values.map((value) => resolveSelectValue(value, kinds, entities));
  const options = (component['options'] ?? []) as { label: string; value: string }[];
  return values.map((value) => {
    const option =
      options.find((candidate) => candidate.value === value) ??
      options.find((candidate) => candidate.label === value);
    if (!option) throw new ControlError(`${value} is not among the options of ${component.custom_id}`);
    return option.value;
  });
}
