import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { formatCustomId } from './custom-id.ts';
import { clip, LIMITS } from './limits.ts';

/** A modal. Docs: "Receiving and Responding", modal; "Component Reference", label. */
export interface Modal {
  form: APIModalInteractionResponseCallbackData;
}

/** A field of a modal, with its initial value. */
export interface ModalField {
  name: string;
  kind: 'text' | 'role';
  label: string;
  hint: string;
  value?: string | undefined;
}

/** Returns a modal that is submitted to the command at `path`, with `options` beside its fields. No field is required. */
export function createModal(
  path: string,
  title: string,
  fields: readonly ModalField[],
  options: Record<string, string> = {},
): Modal {
  return {
    form: {
      custom_id: formatCustomId('submit', path, options),
      title: clip(title, LIMITS.formTitle),
      components: fields.map(labelOf),
    },
  };
}

function labelOf({ name, kind, label, hint, value }: ModalField): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: clip(label, LIMITS.formLabel),
    description: clip(hint, LIMITS.formHint),
    component:
      kind === 'role'
        ? {
            type: ComponentType.RoleSelect,
            custom_id: name,
            required: false,
            max_values: 1,
            ...(value && { default_values: [{ id: value, type: SelectMenuDefaultValueType.Role }] }),
          }
        : {
            type: ComponentType.TextInput,
            custom_id: name,
            style: TextInputStyle.Short,
            required: false,
            max_length: LIMITS.typed,
            ...(value && { value: clip(value, LIMITS.typed) }),
          },
  };
}

const componentsSchema = z.array(
  z.object({
    component: z
      .object({
        custom_id: z.string(),
        value: z.string().optional(),
        values: z.array(z.string()).default([]),
      })
      .optional(),
  }),
);

/** Parses the values of a submitted modal, by field name. Leaves out empty fields; returns none for unexpected JSON. */
export function modalValues(components: unknown): Record<string, string> {
  const parsed = componentsSchema.safeParse(components);
  const fields = parsed.success ? parsed.data : [];
  return Object.fromEntries(
    fields.flatMap(({ component }) => {
      const value = (component?.value ?? component?.values[0] ?? '').trim();
      return component && value !== '' ? [[component.custom_id, value]] : [];
    }),
  );
}
