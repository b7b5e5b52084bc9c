import { test } from 'vitest';
import { button, display, expectFieldError, row, V2 } from './message-support.ts';

test.each([
  [
    '6 action rows',
    { components: Array.from({ length: 6 }, (_, n) => row(button(`${n}`))[0]) },
    'components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    '6 buttons in a row',
    { components: row(...Array.from({ length: 6 }, (_, n) => button(`${n}`))) },
    'components.0.components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['an empty row', { components: row() }, 'components.0.components', 'BASE_TYPE_BAD_LENGTH'],
  [
    'a custom id of 101 characters',
    { components: row(button('x'.repeat(101))) },
    'components.0.components.0.custom_id',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a duplicate custom id',
    { components: row(button('a'), button('a')) },
    'components.0.components.1.custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a button label of 81 characters',
    { components: row(button('a', { label: 'x'.repeat(81) })) },
    'components.0.components.0.label',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without a label',
    { components: row({ type: 2, style: 1, custom_id: 'a' }) },
    'components.0.components.0.label',
    'BUTTON_COMPONENT_MISSING_LABEL',
  ],
  [
    'a link button without a URL',
    { components: row({ type: 2, style: 5, label: 'x' }) },
    'components.0.components.0.url',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a button without a custom id',
    { components: row({ type: 2, style: 1, label: 'x' }) },
    'components.0.components.0.custom_id',
    'BASE_TYPE_REQUIRED',
  ],
  [
    '26 select options',
    {
      components: row({
        type: 3,
        custom_id: 'a',
        options: Array.from({ length: 26 }, (_, n) => ({ label: 'x', value: `${n}` })),
      }),
    },
    'components.0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a duplicate select value',
    { components: row({ type: 3, custom_id: 'a', options: Array(2).fill({ label: 'x', value: 'x' }) }) },
    'components.0.components.0.options.1.value',
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'a select beside a button',
    { components: row({ type: 6, custom_id: 'a' }, button('b')) },
    'components.0.components',
    'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  ['an unknown component', { components: [{ type: 99 }] }, 'components.0.type', 'UNION_TYPE_CHOICES'],
  [
    'V2 components without the flag',
    { components: [display('x')] },
    'components.0.type',
    'UNION_TYPE_CHOICES',
  ],
  [
    'content beside V2 components',
    { flags: V2, content: 'x', components: [display('x')] },
    'content',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 V2 components in total',
    { flags: V2, components: [{ type: 17, components: Array(40).fill(display('x')) }] },
    'components',
    'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4,001 characters of V2 text in total',
    { flags: V2, components: [display('x'.repeat(4000)), display('x')] },
    'components',
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    'a duplicate component id',
    {
      flags: V2,
      components: [
        { ...display('x'), id: 7 },
        { ...display('x'), id: 7 },
      ],
    },
    'components.1.id',
    'COMPONENT_ID_DUPLICATED',
  ],
  [
    'a section without an accessory',
    { flags: V2, components: [{ type: 9, components: [display('x')] }] },
    'components.0.accessory',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a V2 file that is not attached',
    { flags: V2, components: [{ type: 13, file: { url: 'attachment://x.png' } }] },
    'components.0.file.url',
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
])('a message with %s is refused with 50035 and the path of the field', (_what, body, path, code) =>
  expectFieldError(body, path, code),
);
