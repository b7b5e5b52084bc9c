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

/** A form to fill in: a modal. Docs: "Receiving and Responding", modal; "Component Reference", label. */
export interface Modal {
  form: APIModalInteractionResponseCallbackData;
}

/** One line of a form, with what stands in it already. */
export interface ModalField {
  name: string;
  kind: 'text' | 'role';
  label: string;
  hint: string;
  value?: string | undefined;
}

/** A form whose fields come back to the command at `path`. None of them has to be filled in. */
export function createModal(path: string, title: string, fields: readonly ModalField[]): Modal {
  return {
    form: {
      custom_id: formatCustomId('submit', path, {}),
      title: clip(title, LIMITS.formTitle),
      components: fields.map(labelled),
    },
  };
}

function labelled({ name, kind, label, hint, value }: ModalField): APILabelComponent {
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

const filled = z.array(
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

/** What was filled in, by the names of the fields; what was left empty is left out. */
export function modalValues(components: unknown): Record<string, string> {
  const parsed = filled.safeParse(components);
  const all = parsed.success ? parsed.data : [];
  return Object.fromEntries(
    all.flatMap(({ component }) => {
      const value = (component?.value ?? component?.values[0] ?? '').trim();
      return component && value !== '' ? [[component.custom_id, value]] : [];
    }),
  );
}
