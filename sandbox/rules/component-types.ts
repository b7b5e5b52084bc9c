import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { color, customId, given, mediaUrl, snowflake, text, url, wrong } from './fields.ts';

/* One schema for each component (documentation: components/reference). */

const kind = <T extends ComponentType>(type: T) => ({
  type: z.literal(type),
  id: given(z.int().min(0)),
});
const emoji = z.object({ id: given(snowflake), name: given(z.string()), animated: given(z.boolean()) });
const spoiler = given(z.boolean());
const unfurled = z.object({ url: mediaUrl });
const description = given(text(1024));

const button = z
  .object({
    ...kind(ComponentType.Button),
    style: z.int().min(1).max(6),
    label: given(z.string().max(80)),
    emoji: given(emoji),
    custom_id: given(customId),
    url: given(url(['http', 'https', 'discord'], 512)),
    sku_id: given(snowflake),
    disabled: given(z.boolean()),
  })
  .check((context) => {
    const { style, label, emoji: icon, custom_id, url: link, sku_id } = context.value;
    const needed =
      style === ButtonStyle.Link ? 'url' : style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
    for (const [field, value] of Object.entries({ custom_id, url: link, sku_id })) {
      if (field === needed && value === undefined) {
        wrong(context, [field], 'BASE_TYPE_REQUIRED', 'This field is required');
      } else if (field !== needed && value !== undefined) {
        wrong(
          context,
          [field],
          'BUTTON_COMPONENT_INVALID_FIELD',
          `A button of this style cannot have a ${field}`,
        );
      }
    }
    if (style !== ButtonStyle.Premium && !label && !icon) {
      wrong(context, ['label'], 'BUTTON_COMPONENT_MISSING_LABEL', 'A button must have a label or an emoji');
    }
  });

const selectFields = {
  custom_id: customId,
  placeholder: given(z.string().max(150)),
  min_values: given(z.int().min(0).max(25)),
  max_values: given(z.int().min(1).max(25)),
  disabled: given(z.boolean()),
  required: given(z.boolean()),
};
const selectOption = z.object({
  label: text(100),
  value: text(100),
  description: given(text(100)),
  emoji: given(emoji),
  default: given(z.boolean()),
});
const stringSelect = z
  .object({
    ...kind(ComponentType.StringSelect),
    ...selectFields,
    options: z.array(selectOption).min(1).max(25),
  })
  .check((context) => {
    const values = context.value.options.map((option) => option.value);
    const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
    if (twice < 0) return;
    const message = 'The specified option value is already used';
    wrong(context, ['options', twice, 'value'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message);
  });
const defaults = given(
  z.array(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) })).max(25),
);
const entitySelect = <T extends ComponentType>(type: T) =>
  z.object({ ...kind(type), ...selectFields, default_values: defaults });
const selects = [
  stringSelect,
  entitySelect(ComponentType.UserSelect),
  entitySelect(ComponentType.RoleSelect),
  entitySelect(ComponentType.MentionableSelect),
  entitySelect(ComponentType.ChannelSelect).extend({ channel_types: given(z.array(z.int())) }),
] as const;

/** Buttons side by side, or one select. */
export const actionRow = z
  .object({
    ...kind(ComponentType.ActionRow),
    components: z
      .array(z.discriminatedUnion('type', [button, ...selects]))
      .min(1)
      .max(5),
  })
  .check((context) => {
    const { components } = context.value;
    if (components.length === 1 || components.every((one) => one.type === ComponentType.Button)) return;
    const message = 'A select takes the whole width of its action row';
    wrong(context, ['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message);
  });

/** Text, in a message or a modal. */
export const textDisplay = z.object({ ...kind(ComponentType.TextDisplay), content: text(4000) });
const thumbnail = z.object({ ...kind(ComponentType.Thumbnail), media: unfurled, description, spoiler });
const section = z.object({
  ...kind(ComponentType.Section),
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.object({
  ...kind(ComponentType.MediaGallery),
  items: z
    .array(z.object({ media: unfurled, description, spoiler }))
    .min(1)
    .max(10),
});
const file = z.object({ ...kind(ComponentType.File), file: z.object({ url: url(['attachment']) }), spoiler });
const separator = z.object({
  ...kind(ComponentType.Separator),
  divider: given(z.boolean()),
  spacing: given(z.int().min(1).max(2)),
});
/** What may stand in a container, and at the top of a message with IS_COMPONENTS_V2. */
export const inContainer = [actionRow, textDisplay, section, gallery, file, separator] as const;
/** A box around other components. */
export const container = z.object({
  ...kind(ComponentType.Container),
  components: z
    .array(z.discriminatedUnion('type', [...inContainer]))
    .min(1)
    .max(40),
  accent_color: given(color),
  spoiler,
});

const textInput = z.object({
  ...kind(ComponentType.TextInput),
  custom_id: customId,
  style: z.int().min(1).max(2),
  label: given(text(45)),
  value: given(z.string().max(4000)),
  placeholder: given(z.string().max(100)),
  required: given(z.boolean()),
  min_length: given(z.int().min(0).max(4000)),
  max_length: given(z.int().min(1).max(4000)),
});
/** Modal parts that came in 2025 and 2026 (file upload, radio group, checkboxes): only their id is looked at. */
const newer = [ComponentType.FileUpload, 21, 22, 23].map((type) =>
  z.looseObject({ ...kind(type), custom_id: customId }),
);
/** A field of a modal with its label. */
export const label = z.object({
  ...kind(ComponentType.Label),
  label: text(45),
  description: given(text(100)),
  component: z.union([z.discriminatedUnion('type', [textInput, ...selects]), ...newer]),
});
/** A field of a modal in the older form. */
export const inputRow = z.object({
  ...kind(ComponentType.ActionRow),
  components: z.array(textInput.extend({ label: text(45) })).length(1),
});
