import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { addIssue, color, customId, mediaUrl, optional, snowflake, trimmedText, url } from './fields.ts';

/* One schema for each type of component (documentation: components/reference). */

const baseFields = <T extends ComponentType>(type: T) => ({
  type: z.literal(type),
  id: optional(z.int().min(0)),
});
const emoji = z.object({
  id: optional(snowflake),
  name: optional(z.string()),
  animated: optional(z.boolean()),
});
const spoiler = optional(z.boolean());
const mediaItem = z.object({ url: mediaUrl });
const description = optional(trimmedText(1024));

const button = z
  .object({
    ...baseFields(ComponentType.Button),
    style: z.int().min(1).max(6),
    label: optional(z.string().max(80)),
    emoji: optional(emoji),
    custom_id: optional(customId),
    url: optional(url(['http', 'https', 'discord'], 512)),
    sku_id: optional(snowflake),
    disabled: optional(z.boolean()),
  })
  .check((context) => {
    const { style, label, emoji: icon, custom_id, url: link, sku_id } = context.value;
    const required =
      style === ButtonStyle.Link ? 'url' : style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
    for (const [field, value] of Object.entries({ custom_id, url: link, sku_id })) {
      if (field === required && value === undefined) {
        addIssue(context, [field], 'BASE_TYPE_REQUIRED', 'This field is required');
      } else if (field !== required && value !== undefined) {
        addIssue(
          context,
          [field],
          'BUTTON_COMPONENT_INVALID_FIELD',
          `A button of this style cannot have a ${field}`,
        );
      }
    }
    if (style !== ButtonStyle.Premium && !label && !icon) {
      addIssue(
        context,
        ['label'],
        'BUTTON_COMPONENT_MISSING_LABEL',
        'A button must have a label or an emoji',
      );
    }
  });

const selectFields = {
  custom_id: customId,
  placeholder: optional(z.string().max(150)),
  min_values: optional(z.int().min(0).max(25)),
  max_values: optional(z.int().min(1).max(25)),
  disabled: optional(z.boolean()),
  required: optional(z.boolean()),
};
const selectOption = z.object({
  label: trimmedText(100),
  value: trimmedText(100),
  description: optional(trimmedText(100)),
  emoji: optional(emoji),
  default: optional(z.boolean()),
});
const stringSelect = z
  .object({
    ...baseFields(ComponentType.StringSelect),
    ...selectFields,
    options: z.array(selectOption).min(1).max(25),
  })
  .check((context) => {
    const values = context.value.options.map((option) => option.value);
    const duplicate = values.findIndex((value, index) => values.indexOf(value) !== index);
    if (duplicate < 0) return;
    const message = 'The specified option value is already used';
    addIssue(context, ['options', duplicate, 'value'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message);
  });
const defaults = optional(
  z.array(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) })).max(25),
);
const entitySelect = <T extends ComponentType>(type: T) =>
  z.object({ ...baseFields(type), ...selectFields, default_values: defaults });
const selects = [
  stringSelect,
  entitySelect(ComponentType.UserSelect),
  entitySelect(ComponentType.RoleSelect),
  entitySelect(ComponentType.MentionableSelect),
  entitySelect(ComponentType.ChannelSelect).extend({ channel_types: optional(z.array(z.int())) }),
] as const;

/** Up to five buttons, or one select. */
export const actionRow = z
  .object({
    ...baseFields(ComponentType.ActionRow),
    components: z
      .array(z.discriminatedUnion('type', [button, ...selects]))
      .min(1)
      .max(5),
  })
  .check((context) => {
    const { components } = context.value;
    if (components.length === 1 || components.every(({ type }) => type === ComponentType.Button)) return;
    const message = 'A select takes the whole width of its action row';
    addIssue(context, ['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message);
  });

/** Text in a message or a modal. */
export const textDisplay = z.object({ ...baseFields(ComponentType.TextDisplay), content: trimmedText(4000) });
const thumbnail = z.object({
  ...baseFields(ComponentType.Thumbnail),
  media: mediaItem,
  description,
  spoiler,
});
const section = z.object({
  ...baseFields(ComponentType.Section),
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.object({
  ...baseFields(ComponentType.MediaGallery),
  items: z
    .array(z.object({ media: mediaItem, description, spoiler }))
    .min(1)
    .max(10),
});
const file = z.object({
  ...baseFields(ComponentType.File),
  file: z.object({ url: url(['attachment']) }),
  spoiler,
});
const separator = z.object({
  ...baseFields(ComponentType.Separator),
  divider: optional(z.boolean()),
  spacing: optional(z.int().min(1).max(2)),
});
/** The components allowed in a container, and at the top level of a message with IS_COMPONENTS_V2. */
export const containerChildren = [actionRow, textDisplay, section, gallery, file, separator] as const;
/** A box around other components. */
export const container = z.object({
  ...baseFields(ComponentType.Container),
  components: z
    .array(z.discriminatedUnion('type', [...containerChildren]))
    .min(1)
    .max(40),
  accent_color: optional(color),
  spoiler,
});

const textInput = z.object({
  ...baseFields(ComponentType.TextInput),
  custom_id: customId,
  style: z.int().min(1).max(2),
  label: optional(trimmedText(45)),
  value: optional(z.string().max(4000)),
  placeholder: optional(z.string().max(100)),
  required: optional(z.boolean()),
  min_length: optional(z.int().min(0).max(4000)),
  max_length: optional(z.int().min(1).max(4000)),
});
const required = optional(z.boolean());
const groupOptions = (min: number) =>
  z
    .array(selectOption.omit({ emoji: true }))
    .min(min)
    .max(10);
const upTo10 = { min_values: optional(z.int().min(0).max(10)), max_values: optional(z.int().min(1).max(10)) };
const modalFields = [
  z.object({ ...baseFields(ComponentType.FileUpload), custom_id: customId, ...upTo10, required }),
  z.object({
    ...baseFields(ComponentType.RadioGroup),
    custom_id: customId,
    options: groupOptions(2),
    required,
  }),
  z.object({
    ...baseFields(ComponentType.CheckboxGroup),
    custom_id: customId,
    options: groupOptions(1),
    ...upTo10,
    required,
  }),
  z.object({ ...baseFields(ComponentType.Checkbox), custom_id: customId, default: required }),
] as const;
/** A field of a modal in a label. */
export const label = z.object({
  ...baseFields(ComponentType.Label),
  label: trimmedText(45),
  description: optional(trimmedText(100)),
  component: z.discriminatedUnion('type', [textInput, ...selects, ...modalFields]),
});
/** A text input of a modal in an action row, the older form. */
export const inputRow = z.object({
  ...baseFields(ComponentType.ActionRow),
  components: z.array(textInput.extend({ label: trimmedText(45) })).length(1),
});
