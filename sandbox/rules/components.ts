import { z } from 'zod';
import { actionRow, container, containerChildren, inputRow, label, textDisplay } from './component-types.ts';
import { addIssue, customId, trimmedText } from './fields.ts';

/*
 * The components of messages and modals (documentation: components/reference). A message without the flag
 * IS_COMPONENTS_V2 holds up to five action rows. With the flag it holds up to 40 components of any type.
 */

/** A component of any type, with the fields that types have in common. */
export interface Component {
  type: number;
  id?: number | undefined;
  custom_id?: string | undefined;
  components?: Component[] | undefined;
  component?: Component | undefined;
  accessory?: Component | undefined;
  [field: string]: unknown;
}

/** Returns all components with their paths, nested ones included, parents before children. */
export function listComponents(
  components: readonly Component[],
  path: PropertyKey[] = [],
): [Component, PropertyKey[]][] {
  return components.flatMap((component, index) => visit(component, [...path, index]));
}

function visit(component: Component, path: PropertyKey[]): [Component, PropertyKey[]][] {
  const single = (field: 'accessory' | 'component') => {
    const child = component[field];
    return child ? visit(child, [...path, field]) : [];
  };
  return [
    [component, path],
    ...listComponents(component.components ?? [], [...path, 'components']),
    ...single('accessory'),
    ...single('component'),
  ];
}

/** Custom ids and component ids must be unique in a message. */
function checkUniqueIds(context: z.core.ParsePayload<Component[]>): void {
  checkUnique(context, 'custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'custom id');
  checkUnique(context, 'id', 'COMPONENT_ID_DUPLICATED', 'id');
}

function checkUnique(
  context: z.core.ParsePayload<Component[]>,
  field: 'custom_id' | 'id',
  code: string,
  fieldName: string,
): void {
  const seen = new Set<string | number>();
  for (const [component, path] of listComponents(context.value)) {
    const value = component[field];
    // An id of 0 asks Discord to choose one.
    if (value === undefined || value === 0) continue;
    if (seen.has(value)) {
      addIssue(context, [...path, field], code, `Component ${fieldName} cannot be duplicated`);
    }
    seen.add(value);
  }
}

/** Numbers the components that have no id, from 1, as Discord does. Changes and returns `components`. */
function assignIds(components: Component[]): Component[] {
  const all = listComponents(components).map(([component]) => component);
  const taken = new Set(all.map((component) => component.id));
  let next = 1;
  for (const component of all) {
    if (component.id) continue;
    while (taken.has(next)) next++;
    component.id = next++;
  }
  return components;
}

const createListSchema = <S extends z.ZodType>(schema: S, max: number) =>
  z
    .array(schema)
    .max(max)
    .transform((components) => components as Component[])
    .check(checkUniqueIds)
    .transform(assignIds);

/** The components of a message without IS_COMPONENTS_V2: at most five action rows. */
export const legacyComponentsSchema = createListSchema(z.discriminatedUnion('type', [actionRow]), 5);

/** The components of a message with IS_COMPONENTS_V2: at most 40, with at most 4,000 characters of text in total. */
export const componentsV2Schema = createListSchema(
  z.discriminatedUnion('type', [...containerChildren, container]),
  40,
).check((context) => {
  const all = listComponents(context.value);
  if (all.length > 40) {
    const message = 'The total number of components cannot exceed 40';
    addIssue(context, [], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message);
  }
  const characters = all.reduce(
    (sum, [{ content }]) => sum + (typeof content === 'string' ? content.length : 0),
    0,
  );
  if (characters > 4000) {
    const message = 'The total text of all components cannot exceed 4000 characters';
    addIssue(context, [], 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message);
  }
});

/** A modal (documentation: interactions/receiving-and-responding, "Modal"). */
export const modalSchema = z.object({
  custom_id: customId,
  title: trimmedText(45),
  components: createListSchema(z.discriminatedUnion('type', [inputRow, label, textDisplay]), 40).check(
    (context) => {
      if (context.value.length === 0) addIssue(context, [], 'BASE_TYPE_REQUIRED', 'This field is required');
    },
  ),
});
