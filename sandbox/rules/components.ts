import { z } from 'zod';
import { actionRow, container, containerChildren, inputRow, label, textDisplay } from './component-types.ts';
import { addIssue, customId, trimmedText } from './fields.ts';

/*
 * The components of messages and modals (documentation: components/reference). Two rule sets exist side by side: without
 * the flag IS_COMPONENTS_V2 a message holds up to five action rows, with it up to 40 components of every kind.
 */

/** A component of which only the common fields matter. */
export interface Component {
  type: number;
  id?: number | undefined;
  custom_id?: string | undefined;
  components?: Component[] | undefined;
  component?: Component | undefined;
  accessory?: Component | undefined;
  [field: string]: unknown;
}

/** Every component below `components`, parents before children, with where it stands. */
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

/** Custom ids and component ids may each stand in a message once; ids that are missing are given. */
function checkUniqueIds(context: z.core.ParsePayload<Component[]>): void {
  const all = listComponents(context.value);
  for (const field of ['custom_id', 'id'] as const) {
    const seen = new Set<unknown>([undefined, 0]);
    for (const [component, path] of all) {
      const value = component[field];
      if (value === undefined || value === 0 || !seen.has(value)) seen.add(value);
      else {
        const code = field === 'id' ? 'COMPONENT_ID_DUPLICATED' : 'COMPONENT_CUSTOM_ID_DUPLICATED';
        const message = `Component ${field === 'id' ? 'id' : 'custom id'} cannot be duplicated`;
        addIssue(context, [...path, field], code, message);
      }
    }
  }
}

/** Gives every component without an id the next free one, counting from 1, as Discord does. */
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

/** The components of a message without the flag: at most five action rows. */
export const legacyComponentsSchema = createListSchema(z.discriminatedUnion('type', [actionRow]), 5);

/** The components of a message with IS_COMPONENTS_V2: 40 in all, and 4,000 characters of text in all. */
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
    (sum, [one]) => sum + (typeof one['content'] === 'string' ? one['content'].length : 0),
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
