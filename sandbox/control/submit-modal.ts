import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, listComponents } from '../rules/components.ts';
import type { Services } from '../services.ts';
import type { Interaction } from '../world/interactions.ts';
import type { Caller } from './caller.ts';
import { createEntityResolver, type EntityResolver } from './entity-resolver.ts';
import { ControlError } from './errors.ts';
import { type InvocationResult, invoke } from './invoke.ts';
import { resolveSelectValue, SELECT_ENTITY_KINDS } from './option-values.ts';

/** A modal that is open for a user. */
export interface OpenModal {
  /** The interaction that opened it. */
  readonly interaction: Interaction;
  readonly caller: Caller;
  readonly modal: { custom_id: string; components: Component[] };
}

/** The values of fields, by custom id. */
type FieldValues = Readonly<Record<string, string | string[]>>;

/**
 * Fills in a modal and submits it. A field without a value keeps its default. Users, roles and channels go by name or id.
 * Throws what Discord's client would not allow.
 */
export function submitModal(
  services: Services,
  { interaction, caller, modal }: OpenModal,
  values: FieldValues,
): Promise<InvocationResult> {
  const customIds = listComponents(modal.components).map(([component]) => component.custom_id);
  const unknown = Object.keys(values).find((customId) => !customIds.includes(customId));
  if (unknown !== undefined) throw new ControlError(`The modal has no field ${unknown}`);
  const entities = createEntityResolver(services.world, caller);
  const components = modal.components.map((component) => fillIn(component, values, entities));
  return invoke(services, caller, {
    type: InteractionType.ModalSubmit,
    data: { custom_id: modal.custom_id, components, ...entities.createFields() },
    commandName: null,
    source: interaction.source,
  });
}

/** Returns a component as it is submitted: nested and numbered as before, with its value. */
function fillIn(component: Component, values: FieldValues, entities: EntityResolver): object {
  const { type, id, custom_id } = component;
  const fillInChild = (child: Component) => fillIn(child, values, entities);
  if (component.components) return { type, id, components: component.components.map(fillInChild) };
  if (component.component) return { type, id, component: fillInChild(component.component) };
  if (custom_id === undefined) return { type, id };
  const given = values[custom_id] ?? findDefault(component);
  return type === ComponentType.TextInput
    ? { type, id, custom_id, value: checkText(component, String(given)) }
    : { type, id, custom_id, values: resolveValues(type, given, entities) };
}

/** Returns the value that a field has when the modal opens. */
function findDefault(component: Component): unknown {
  const entities = component['default_values'] as { id: string }[] | undefined;
  return component['value'] ?? entities?.map(({ id }) => id) ?? '';
}

function resolveValues(type: number, given: unknown, entities: EntityResolver): string[] {
  const values = [given].flat().map(String).filter(Boolean);
  const kinds = SELECT_ENTITY_KINDS[type];
  return kinds ? values.map((value) => resolveSelectValue(value, kinds, entities)) : values;
}

function checkText(component: Component, value: string): string {
  const { custom_id } = component;
  if (value === '' && component['required'] !== false)
    throw new ControlError(`${custom_id}: This field is required`);
  const { min_length = 0, max_length = 4000 } = component as { min_length?: number; max_length?: number };
  if (value !== '' && (value.length < min_length || value.length > max_length)) {
    throw new ControlError(`${custom_id}: Must be between ${min_length} and ${max_length} in length`);
  }
  return value;
}
