import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createModal, modalValues } from '../../../src/discord/message/modal.ts';
import { hostile } from '../support.ts';

test('a modal is within Discord’s limits, whatever its content', () => {
  const field = fc.record({
    name: fc.stringMatching(/^[a-z]{1,20}$/),
    kind: fc.constantFrom('text' as const, 'role' as const),
    label: hostile(100).filter((text) => text !== ''),
    hint: hostile(200).filter((text) => text !== ''),
    value: fc.option(hostile(300), { nil: undefined }),
  });
  fc.assert(
    fc.property(hostile(100), fc.array(field, { minLength: 1, maxLength: 5 }), (title, fields) => {
      const { form } = createModal('countdown/settings', title, fields);
      expect(form.custom_id.length).toBeLessThanOrEqual(100);
      expect(form.title.length).toBeLessThanOrEqual(45);
      for (const field of form.components) {
        if (!('label' in field)) throw new Error('a label was expected');
        expect(field.label.length).toBeLessThanOrEqual(45);
        expect(field.description?.length).toBeLessThanOrEqual(100);
        if ('value' in field.component) expect(field.component.value?.length).toBeLessThanOrEqual(100);
      }
    }),
  );
});

test('a submitted modal is parsed by field names, without empty fields', () => {
  const components = [
    { type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'time', value: ' 9 pm ' } },
    { type: 18, id: 3, component: { type: 4, id: 4, custom_id: 'zone', value: '' } },
    { type: 18, id: 5, component: { type: 6, id: 6, custom_id: 'role', values: ['123', '456'] } },
    { type: 18, id: 7, component: { type: 6, id: 8, custom_id: 'other', values: [] } },
    { type: 10, id: 9 },
  ];
  expect(modalValues(components)).toEqual({ time: '9 pm', role: '123' });
});

test('a malformed modal submission is parsed as empty', () => {
  fc.assert(
    fc.property(fc.anything(), (components) => {
      for (const value of Object.values(modalValues(components))) expect(typeof value).toBe('string');
    }),
  );
});
