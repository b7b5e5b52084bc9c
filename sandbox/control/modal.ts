import { ComponentType, InteractionType } from 'discord-api-types/v10';
import type { Interaction } from '../interactions.ts';
import type { Parts } from '../parts.ts';
import { type Component, walk } from '../rules/components.ts';
import { ControlError } from './errors.ts';
import { type Answered, invoke, type Scene } from './invoke.ts';

/** A modal that stands open before a person. */
export interface OpenModal {
  readonly interaction: Interaction;
  readonly scene: Scene;
  readonly modal: { custom_id: string; components: Component[] };
}

/** Fills in a modal and sends it. `fields` are by custom id; a field that is left out is empty. */
export function submitModal(
  parts: Parts,
  open: OpenModal,
  fields: Readonly<Record<string, string | string[]>>,
): Promise<Answered> {
  const known = walk(open.modal.components).map(([component]) => component.custom_id);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ControlError(`The modal has no field ${unknown}`);
  const components = open.modal.components.map((component) => fill(component, fields));
  return invoke(parts, open.scene, {
    type: InteractionType.ModalSubmit,
    data: { custom_id: open.modal.custom_id, components },
    commandName: null,
    source: open.interaction.source,
  });
}

/** A part of a modal as it is sent: nesting and ids as they were, with the value in place of the definition. */
function fill(component: Component, fields: Readonly<Record<string, string | string[]>>): object {
  const { type, id, custom_id } = component;
  if (component.components)
    return { type, id, components: component.components.map((one) => fill(one, fields)) };
  if (component.component) return { type, id, component: fill(component.component, fields) };
  if (custom_id === undefined) return { type, id };
  const given = fields[custom_id] ?? component['value'] ?? '';
  if (type !== ComponentType.TextInput)
    return { type, id, custom_id, values: [given].flat().filter((one) => one !== '') };
  const value = String(given);
  if (value === '' && component['required'] !== false)
    throw new ControlError(`${custom_id}: This field is required`);
  const { min_length = 0, max_length = 4000 } = component as { min_length?: number; max_length?: number };
  if (value !== '' && (value.length < min_length || value.length > max_length)) {
    throw new ControlError(`${custom_id}: Must be between ${min_length} and ${max_length} in length`);
  }
  return { type, id, custom_id, value };
}
