import { expect } from 'vitest';
import { messageChannel } from './support.ts';

/** The flag IS_COMPONENTS_V2. */
export const V2 = 1 << 15;

/** An action row with these components. */
export const row = (...components: object[]) => [{ type: 1, components }];

/** A button. */
export const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'x',
  custom_id,
  ...more,
});

/** A text display. */
export const display = (content: string) => ({ type: 10, content });

/** A multipart body with an image, which is shown in an embed. */
export function upload(more: object = {}): FormData {
  const form = new FormData();
  const payload = {
    content: 'file',
    embeds: [{ title: 'x', image: { url: 'attachment://pic_1.png' } }],
    attachments: [{ id: 0, description: 'alt' }],
    ...more,
  };
  form.set('payload_json', JSON.stringify(payload));
  form.set('files[0]', new Blob(['bytes'], { type: 'image/png' }), 'pic 1.png');
  return form;
}

/** Posts a message that must be refused with 50035, and with this code for the field at `path`. */
export async function expectFieldError(body: unknown, path: string, code: string): Promise<void> {
  const { post } = await messageChannel();
  const answer = await post(body);
  expect([answer.status, answer.body.code]).toEqual([400, 50035]);
  const at = path.split('.').reduce((node, key) => node?.[key], answer.body.errors);
  expect(at?._errors?.[0]?.code, JSON.stringify(answer.body.errors)).toBe(code);
}
