import { ComponentType, InteractionType } from 'discord-api-types/v10';
import type { z } from 'zod';
import { type Component, listComponents } from '../rules/components.ts';
import type { Services } from '../services.ts';
import type { Interaction } from '../world/interactions.ts';
import type { Caller } from './caller.ts';
import { createEntityResolver, type EntityResolver } from './entity-resolver.ts';
import { ControlError } from './errors.ts';
import { createAttach, type filesSchema } from './given-files.ts';
import { type InvocationResult, invoke } from './invoke.ts';
import { createMissingFileText, resolveSelectValue, SELECT_ENTITY_KINDS } from './option-values.ts';

/** A modal that is open for a user. */
export interface OpenModal {
  /** The interaction that opened it. */
  readonly interaction: Interaction;
  readonly caller: Caller;
  readonly modal: { custom_id: string; components: Component[] };
}

/** The values of fields, by custom id. */
type FieldValues = Readonly<Record<string, string | boolean | string[]>>;

/** What a user fills in, and the files for it. */
export interface ModalInput {
  readonly fields: FieldValues;
  readonly files: z.output<typeof filesSchema>;
}

/**
 * Fills in a modal and submits it. A field without a value keeps its default. Users, roles, channels and files go by name or id.
 * Throws what Discord's client would not allow.
 */
export function submitModal(
  services: Services,
  { interaction, caller, modal }: OpenModal,
  { fields, files }: ModalInput,
): Promise<InvocationResult> {
  const customIds = listComponents(modal.components).map(([component]) => component.custom_id);
  const unknown = Object.keys(fields).find((customId) => !customIds.includes(customId));
  if (unknown !== undefined) throw new ControlError(`The modal has no field ${unknown}`);
  const attach = createAttach(services, caller.channel, files);
  const entities = createEntityResolver(services.world, caller, attach);
  const components = modal.components.map((component) => fillIn(component, fields, entities));
  return invoke(services, caller, {
    type: InteractionType.ModalSubmit,
    data: { custom_id: modal.custom_id, components, ...entities.createFields() },
    command: null,
    source: interaction.source,
    trigger: interaction,
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
  return { type, id, custom_id, ...fillInField(component, given, entities) };
}

/** Returns the value of a field, or its values (documentation: components/reference, "Interaction Response Structure"). */
function fillInField(component: Component, given: unknown, entities: EntityResolver): object {
  const values = [given].flat().map(String).filter(Boolean);
  switch (component.type) {
    case ComponentType.TextInput:
      return { value: checkText(component, String(given)) };
    case ComponentType.Checkbox:
      return { value: parseChecked(component, given) };
    case ComponentType.RadioGroup:
      return { value: checkChosen(component, values, 1)[0] ?? null };
    case ComponentType.CheckboxGroup: {
      const { length } = component['options'] as unknown[];
      return { values: checkChosen(component, values, length) };
    }
    case ComponentType.FileUpload:
      return { values: checkCount(component, values, 1).map((name) => attachFile(name, entities)) };
    default:
      return { values: resolveValues(component.type, values, entities) };
  }
}

/** Returns the value that a field has when the modal opens. */
function findDefault(component: Component): unknown {
  if (component.type === ComponentType.Checkbox) return component['default'] ?? false;
  const entities = component['default_values'] as { id: string }[] | undefined;
  const options = component['options'] as { value: string; default?: boolean }[] | undefined;
  const chosen = options?.filter((option) => option.default).map(({ value }) => value);
  return component['value'] ?? entities?.map(({ id }) => id) ?? chosen ?? '';
}

function parseChecked({ custom_id }: Component, given: unknown): boolean {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false' || given === '') return false;
  throw new ControlError(`${custom_id}: Must be true or false`);
}

/** Returns the chosen options of a group. Throws for one that it does not have, and for too many or too few. */
function checkChosen(component: Component, values: string[], max: number): string[] {
  const options = component['options'] as { value: string }[];
  const unknown = values.find((value) => !options.some((option) => option.value === value));
  if (unknown !== undefined)
    throw new ControlError(`${unknown} is not among the options of ${component.custom_id}`);
  return checkCount(component, values, max);
}

function checkCount(component: Component, values: string[], defaultMax: number): string[] {
  const min = component['required'] === false ? 0 : Number(component['min_values'] ?? 1);
  const max = Number(component['max_values'] ?? defaultMax);
  if (values.length < min || values.length > max)
    throw new ControlError(`${component.custom_id}: Choose from ${min} to ${max} values`);
  return values;
}

function attachFile(name: string, entities: EntityResolver): string {
  const id = entities.resolve(name, ['attachment']);
  if (id === undefined) throw new ControlError(createMissingFileText(name));
  return id;
}

function resolveValues(type: number, values: string[], entities: EntityResolver): string[] {
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
