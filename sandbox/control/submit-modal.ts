import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, listComponents } from '../rules/components.ts';
import type { Services } from '../services.ts';
import { botPermissions } from '../world/access.ts';
import type { Interaction } from '../world/interactions.ts';
import { ControlError } from './errors.ts';
import { type InvocationContext, type InvocationResult, invoke } from './invoke.ts';
import { type EntityLookup, type ResolvedData, resolveEntity, SELECT_ENTITY_KINDS } from './option-values.ts';

/** A modal that stands open before a person. */
export interface OpenModal {
  readonly interaction: Interaction;
  readonly scene: InvocationContext;
  readonly modal: { custom_id: string; components: Component[] };
}

/**
 * Fills in a modal and sends it. `fields` are by custom id; a field that is left out stays as it was opened. People, roles and
 * channels go by name or id.
 */
export function submitModal(
  services: Services,
  open: OpenModal,
  fields: Readonly<Record<string, string | string[]>>,
): Promise<InvocationResult> {
  const known = listComponents(open.modal.components).map(([component]) => component.custom_id);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ControlError(`The modal has no field ${unknown}`);
  const { guild, user } = open.scene;
  const botIn: EntityLookup['botPermissions'] = (channel) => botPermissions(services.world, guild, channel);
  const lookup = { guild, userId: user.id, botPermissions: botIn };
  const resolved: ResolvedData = {};
  const components = open.modal.components.map((component) => fill(component, fields, lookup, resolved));
  return invoke(services, open.scene, {
    type: InteractionType.ModalSubmit,
    data: {
      custom_id: open.modal.custom_id,
      components,
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    },
    commandName: null,
    source: open.interaction.source,
  });
}

/** A part of a modal as it is sent: nesting and ids as they were, with the value in place of the definition. */
function fill(
  component: Component,
  fields: Readonly<Record<string, string | string[]>>,
  lookup: EntityLookup,
  resolved: ResolvedData,
): object {
  const { type, id, custom_id } = component;
  const inner = (one: Component) => fill(one, fields, lookup, resolved);
  if (component.components) return { type, id, components: component.components.map(inner) };
  if (component.component) return { type, id, component: inner(component.component) };
  if (custom_id === undefined) return { type, id };
  const chosen = (component['default_values'] as { id: string }[] | undefined)?.map((one) => one.id);
  const given = fields[custom_id] ?? component['value'] ?? chosen ?? '';
  if (type !== ComponentType.TextInput) {
    const values = [given].flat().map(String).filter(Boolean);
    const kinds = SELECT_ENTITY_KINDS[type];
    return {
      type,
      id,
      custom_id,
      values: kinds ? values.map((said) => resolveEntity(said, kinds, lookup, resolved)) : values,
    };
  }
  const value = String(given);
  if (value === '' && component['required'] !== false)
    throw new ControlError(`${custom_id}: This field is required`);
  const { min_length = 0, max_length = 4000 } = component as { min_length?: number; max_length?: number };
  if (value !== '' && (value.length < min_length || value.length > max_length)) {
    throw new ControlError(`${custom_id}: Must be between ${min_length} and ${max_length} in length`);
  }
  return { type, id, custom_id, value };
}
