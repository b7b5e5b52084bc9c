import { InteractionResponseType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { answerRequest, messageRequest } from '../../../src/discord/rest/multipart.ts';

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
  expect(sent.files).toEqual([
    { name: 'ballerina.ics', contentType: 'text/calendar', data: 'BEGIN:VCALENDAR' },
    { name: 'caine.ics', contentType: 'text/calendar', data: 'BEGIN:VCALENDAR' },
  ]);
});
