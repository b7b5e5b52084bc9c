import { existsSync } from 'node:fs';
import {
  InteractionType,
  MessageFlags,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { answerRequest } from '../../src/discord/rest/multipart.ts';
import { commandDefinitions } from '../../src/interactions/command-definitions.ts';
import { loadData } from '../../src/knowledge/load.ts';
import { answering, commands } from '../commands/support.ts';
import { sandboxOfFile } from '../support.ts';
import { discordSays } from './openapi.ts';

/** Discord's own description of its HTTP API; it is not part of this repository. */
const FILE = '../shared/research/discord-openapi.json';
const here = existsSync(FILE);
if (!here) console.error(`${FILE} is not here: what is sent to Discord is not held against its description`);

const body = commandDefinitions(
  commands,
  loadData('data').catalogue,
) as RESTPostAPIChatInputApplicationCommandsJSONBody[];

describe.runIf(here)('Discord’s OpenAPI description accepts', () => {
  const sandbox = sandboxOfFile('2024-01-20');
  const faults = here ? discordSays(FILE) : () => [];

  test('not a wrong request: the check finds faults', () => {
    expect(faults('MessageCreateRequest', { content: 7, colour: 1 })).toEqual([
      'MessageCreateRequest.content is number, not string,null',
      'MessageCreateRequest.colour is not described',
    ]);
    expect(faults('RichEmbed', { title: 'x'.repeat(257) })).toHaveLength(1);
    expect(faults('ApplicationCommandUpdateRequest', { description: 'x' })).toHaveLength(1);
  });

  test.each(body)('the registration of /$name', (command) => {
    // The description says "integer" of permissions, the documentation "string": docs "Application Commands".
    const {
      default_member_permissions: permissions,
      type: _,
      ...rest
    } = command as unknown as Record<string, unknown>;
    expect(typeof permissions === 'string' || permissions === null).toBe(true);
    expect(faults('ApplicationCommandUpdateRequest', rest)).toEqual([]);
  });

  const questions = body.flatMap(({ name, options = [] }) =>
    options.map((sub) => ({ name, sub: sub.name, path: `/${name} ${sub.name}` })),
  );

  test.each(questions)('an answer to $path', async ({ name, sub }) => {
    const options = [
      { name: sub, type: 1, options: sub === 'film' ? [{ name: 'title', type: 3, value: 'caine' }] : [] },
    ];
    const response = await answering({
      type: InteractionType.ApplicationCommand,
      data: { name, type: 1, options },
    });
    expect(faults('CreateMessageInteractionCallbackRequest', answerRequest(response).body)).toEqual([]);
  });

  test('an answer exchanged in place', async () => {
    const response = await answering({
      type: InteractionType.MessageComponent,
      data: { custom_id: '1~ask~ballerina/cast', component_type: 2 },
      message: { flags: MessageFlags.Ephemeral | MessageFlags.IsComponentsV2 },
    });
    expect(faults('UpdateMessageInteractionCallbackRequest', answerRequest(response).body)).toEqual([]);
  });

  test.each(['sources', 'history', 'more', 'spoilers', 'since'])(
    'the part of an answer: %s',
    async (verb) => {
      const response = await answering({
        type: InteractionType.MessageComponent,
        data: { custom_id: `1~${verb}~wick/film~title=ballerina`, component_type: 2 },
        message: { flags: 0 },
      });
      expect(JSON.stringify(response)).toContain('"type":17');
      expect(faults('CreateMessageInteractionCallbackRequest', answerRequest(response).body)).toEqual([]);
    },
  );

  test('a form', async () => {
    const response = await answering({
      type: InteractionType.MessageComponent,
      data: { custom_id: '1~press~countdown/settings', component_type: 2 },
      message: { flags: 64, embeds: [] },
    });
    expect(faults('ModalInteractionCallbackRequest', response)).toEqual([]);
  });

  test('a form that was sent in, whatever is in it', async () => {
    const answers = await Promise.all(
      [{ timezone: 'Mars' }, { role: '100000000000000009' }, {}].map((typed) =>
        answering({
          type: InteractionType.ModalSubmit,
          data: {
            custom_id: '1~submit~countdown/settings',
            components: Object.entries(typed).map(([custom_id, value]) => ({
              type: 18,
              component:
                custom_id === 'role'
                  ? { type: 6, custom_id, values: [value] }
                  : { type: 4, custom_id, value },
            })),
          },
          message: { flags: 64, embeds: [] },
        }),
      ),
    );
    for (const response of answers)
      expect(faults('UpdateMessageInteractionCallbackRequest', response)).toEqual([]);
  });

  test('a test of a post, and a post of a date of the server’s own', async () => {
    await sandbox().command(
      '/countdown add title:Party date:2024-03-30 channel:announcements milestones:30,0',
    );
    await sandbox().command('/countdown test countdown:Party');
    const preview = await sandbox().command('/countdown preview countdown:Party');
    const { content, embeds, components } = preview.reply ?? {};
    expect(faults('MessageCreateRequest', { content, embeds, components })).toEqual([]);
    const [mark] = await sandbox().messages('announcements');
    expect(faults('MessageCreateRequest', mark?.request)).toEqual([]);
  });

  test('suggestions', async () => {
    const focused = { name: 'person', type: 3, value: 'an', focused: true };
    const response = await answering({
      type: InteractionType.ApplicationCommandAutocomplete,
      data: { name: 'ballerina', type: 1, options: [{ name: 'cast', type: 1, options: [focused] }] },
    });
    expect(faults('ApplicationCommandAutocompleteCallbackRequest', response)).toEqual([]);
  });

  test('a post', async () => {
    await sandbox().command(
      '/countdown add release:Ballerina channel:releases milestones:138,0 time:13:00 timezone:UTC',
    );
    await sandbox().turn('2024-02-22T23:00:00Z');
    const [post] = await sandbox().messages('releases');
    expect(post?.request).toBeTruthy();
    expect(faults('MessageCreateRequest', post?.request)).toEqual([]);
  });
});
