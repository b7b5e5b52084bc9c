import { expect, test } from 'vitest';
import type { GivenFiles } from '../../sandbox/control/given-files.ts';
import { botIn, sandboxFor } from './support.ts';

const SCAN = {
  name: 'scan',
  description: 'x',
  options: [
    { type: 11, name: 'picture', description: 'x', required: true },
    { type: 3, name: 'note', description: 'x' },
  ],
};
const UPLOAD = {
  type: 18,
  label: 'Pictures',
  component: { type: 19, custom_id: 'pictures', max_values: 2 },
};
const FILE = { name: 'a.png', base64: Buffer.from('bytes').toString('base64'), type: 'image/png' };

test('an attachment option is given a file, which the bot can download', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const file = interaction.options.getAttachment('picture', true);
    const text = await (await fetch(file.url)).text();
    const note = interaction.options.getString('note');
    await interaction.reply(`${file.name} ${file.contentType} ${file.size} ${text} ${note}`);
  });
  await client.application.commands.set([SCAN]);
  const scan = (text: string, files: GivenFiles) => sandbox.command({ text, files });
  expect((await scan('/scan picture:a.png note:new one', [FILE])).reply?.content).toBe(
    'a.png image/png 5 bytes new one',
  );
  const plain = await scan('/scan picture:notes.txt', [{ name: 'notes.txt', text: 'hello' }]);
  expect(plain.reply?.content).toBe('notes.txt text/plain 5 hello null');
  expect((await scan('/scan picture:b.png', [FILE])).error).toBe(
    'picture: There is no file b.png. Give it in "files"',
  );
});

test('a file upload of a modal submits the files that are given', async () => {
  const sandbox = await sandboxFor();
  const client = await botIn(sandbox, async (interaction) => {
    if (interaction.isModalSubmit()) {
      const files = interaction.fields.getUploadedFiles('pictures', false);
      return interaction.reply(`got ${[...(files?.values() ?? [])].map(({ name }) => name).join()}`);
    }
    if (!interaction.isChatInputCommand()) return undefined;
    return interaction.showModal({ customId: 'form', title: 'Form', components: [UPLOAD] } as never);
  });
  await client.application.commands.set([{ name: 'hi', description: 'x' }]);
  const submit = async (pictures: string[], files: GivenFiles = []) => {
    await sandbox.command('/hi');
    return sandbox.modal({ customId: 'form', fields: { pictures }, files });
  };
  expect((await submit(['a.png', 'b.png'], [FILE, { ...FILE, name: 'b.png' }])).reply?.content).toBe(
    'got a.png,b.png',
  );
  expect((await submit(['c.png'], [FILE])).error).toBe('There is no file c.png. Give it in "files"');
  expect((await submit([])).error).toBe('pictures: Choose from 1 to 2 values');
});
