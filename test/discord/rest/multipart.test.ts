import { InteractionResponseType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerRequest, encodeRequest, messageRequest } from '../../../src/discord/rest/multipart.ts';

const file = { name: 'ballerina.ics', type: 'text/calendar', data: 'BEGIN:VCALENDAR' };

test('a message without files is sent as JSON', () => {
  expect(messageRequest({ content: 'x', files: [] })).toEqual({ body: { content: 'x' } });
  const response = { type: InteractionResponseType.Pong } as const;
  expect(answerRequest(response)).toEqual({ body: response });
});

test('a message with files is multipart, and its attachments refer to them by index', () => {
  const data = { content: 'x', attachments: [], files: [file, { ...file, name: 'caine.ics' }] };
  const sent = answerRequest({ type: InteractionResponseType.UpdateMessage, data });
  expect(sent.body).toEqual({
    type: InteractionResponseType.UpdateMessage,
    data: {
      content: 'x',
      attachments: [
        { id: '0', filename: 'ballerina.ics' },
        { id: '1', filename: 'caine.ics' },
      ],
    },
  });
  expect(sent.files).toEqual([file, { ...file, name: 'caine.ics' }]);
});

test('any files are encoded as multipart data that another parser reads as they were', async () => {
  const files = fc.array(
    fc.record({
      name: fc.string({ minLength: 1 }).map((text) => `${encodeURIComponent(text.toWellFormed())}".ics`),
      type: fc.constantFrom('text/calendar', 'image/png'),
      data: fc.oneof(fc.string(), fc.uint8Array()),
      description: fc.string(),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(fc.string(), files, async (content, given) => {
      const { body, headers } = encodeRequest(messageRequest({ content, files: given }));
      const form = await new Response(body as Uint8Array<ArrayBuffer>, { headers: headers ?? {} }).formData();
      expect(JSON.parse(String(form.get('payload_json')))).toMatchObject({ content });
      for (const [index, { type, data }] of given.entries()) {
        const file = form.get(`files[${index}]`) as File;
        expect(file.type).toBe(type);
        expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(data));
      }
    }),
  );
});

test('the encoded form of the same content is the same', () => {
  const content = messageRequest({ content: 'x', files: [file] });
  expect(encodeRequest(content)).toEqual(encodeRequest(content));
});
