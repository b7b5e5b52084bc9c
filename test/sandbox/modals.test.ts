import { ModalBuilder } from 'discord.js';
import { expect, test } from 'vitest';
import { startAnswering } from './interaction-support.ts';

test('a modal opens, checks its fields, and is submitted once', async () => {
  const { sandbox } = await startAnswering(async (interaction) => {
    if (interaction.isModalSubmit())
      return interaction.reply(`${interaction.fields.getTextInputValue('name')}`);
    if (!interaction.isChatInputCommand()) return undefined;
    const input = { type: 4, custom_id: 'name', style: 1, max_length: 5 } as const;
    return interaction.showModal(
      new ModalBuilder({
        custom_id: 'form',
        title: 'Form',
        components: [{ type: 18, label: 'Name', component: input }],
      } as never),
    );
  });
  const { modal } = await sandbox.command('/hi');
  expect(modal).toMatchObject({ custom_id: 'form', title: 'Form' });
  expect((await sandbox.modal({ customId: 'form', fields: {} })).error).toBe('name: This field is required');
  expect((await sandbox.modal({ customId: 'form', fields: { name: 'far too long' } })).error).toMatch(
    /between 0 and 5/,
  );
  expect((await sandbox.modal({ customId: 'form', fields: { nam: 'x' } })).error).toBe(
    'The modal has no field nam',
  );
  expect((await sandbox.modal({ customId: 'form', fields: { name: 'John' } })).reply?.content).toBe('John');
  expect((await sandbox.modal({ customId: 'form', fields: { name: 'John' } })).error).toBe(
    'No modal form is open',
  );
});

test('a modal submits the roles that are chosen, or its default when nothing is', async () => {
  const sent: { roles: string[]; values: readonly string[] }[] = [];
  const { sandbox } = await startAnswering(async (interaction) => {
    if (interaction.isModalSubmit()) {
      const roles = interaction.fields.getSelectedRoles('role') ?? new Map();
      sent.push({ roles: [...roles.values()].map((role) => role?.name ?? ''), values: [...roles.keys()] });
      return interaction.reply('ok');
    }
    if (!interaction.isChatInputCommand()) return undefined;
    const chosen = interaction.guild?.roles.cache.find(({ name }) => name === 'Ruska Roma')?.id ?? '';
    const component = {
      type: 6,
      custom_id: 'role',
      required: false,
      default_values: [{ id: chosen, type: 'role' }],
    };
    return interaction.showModal({
      customId: 'form',
      title: 'Form',
      components: [{ type: 18, label: 'Role', component }],
    } as never);
  });
  for (const fields of [{ role: ['High Table'] }, {}, { role: [] }]) {
    await sandbox.command('/hi');
    await sandbox.modal({ customId: 'form', fields: fields as Record<string, string[]> });
  }
  expect(sent.map(({ roles }) => roles)).toEqual([['High Table'], ['Ruska Roma'], []]);
  await sandbox.command('/hi');
  expect((await sandbox.modal({ customId: 'form', fields: { role: ['Nobody'] } })).error).toContain(
    'nothing called Nobody',
  );
});

test('a modal submits a value for a checkbox and a radio group, and values for a checkbox group', async () => {
  const sent: unknown[] = [];
  const option = (value: string, isDefault = false) => ({ value, label: value, default: isDefault });
  const fields = [
    { type: 21, custom_id: 'radio', required: false, options: [option('a'), option('b', true)] },
    {
      type: 22,
      custom_id: 'group',
      required: false,
      options: [option('c', true), option('d')],
      max_values: 2,
    },
    { type: 23, custom_id: 'box', default: false },
  ];
  const { sandbox } = await startAnswering(async (interaction) => {
    if (interaction.isModalSubmit()) {
      const { fields: given } = interaction;
      sent.push([given.getRadioGroup('radio'), given.getCheckboxGroup('group'), given.getCheckbox('box')]);
      return interaction.reply('ok');
    }
    if (!interaction.isChatInputCommand()) return undefined;
    const components = fields.map((component) => ({ type: 18, label: 'x', component }));
    return interaction.showModal({ customId: 'form', title: 'Form', components } as never);
  });
  const submit = async (values: Record<string, string | string[]>) => {
    await sandbox.command('/hi');
    return (await sandbox.modal({ customId: 'form', fields: values })).error;
  };
  await submit({});
  await submit({ radio: 'a', group: ['c', 'd'], box: 'true' });
  await submit({ radio: [], group: [], box: 'false' });
  expect(sent).toEqual([
    ['b', ['c'], false],
    ['a', ['c', 'd'], true],
    [null, [], false],
  ]);
  expect(await submit({ radio: 'z' })).toBe('z is not among the options of radio');
  expect(await submit({ radio: ['a', 'b'] })).toBe('radio: Choose from 0 to 1 values');
  expect(await submit({ box: 'maybe' })).toBe('box: Must be true or false');
});
