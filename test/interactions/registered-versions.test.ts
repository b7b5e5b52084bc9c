import { pino } from 'pino';
import { expect, test } from 'vitest';
import { inviteLink } from '../../src/discord/invite-link.ts';
import { registerCommands, registrationSchema } from '../../src/interactions/register-commands.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../commands/countdown/support.ts';

interface Command {
  id: string;
  type: number;
  name: string;
  version: string;
}

/** A Discord that gives each command a new version when it changes. */
function fakeDiscord() {
  let commands: Command[] = [];
  let version = 0;
  const puts: object[][] = [];
  return {
    puts,
    change(name: string) {
      version += 1;
      commands = commands.map((command) =>
        command.name === name ? { ...command, version: String(version) } : command,
      );
    },
    add(command: Omit<Command, 'version'>) {
      commands.push({ ...command, version: '0' });
    },
    rest: {
      get: async () => commands,
      put: async (_: string, { body = [] }: { body?: unknown } = {}) => {
        puts.push(body as object[]);
        version += 1;
        commands = (body as Omit<Command, 'version'>[]).map((command, at) => ({
          ...command,
          id: String(at),
          type: command.type ?? 1,
          version: String(version),
        }));
        return commands;
      },
    },
  };
}

const BODY = [
  { type: 1 as const, name: 'wick', description: 'x' },
  { type: 1 as const, name: 'remind', description: 'y' },
];

async function setUp() {
  const discord = fakeDiscord();
  const store = openSqliteStore(`${temporaryFolder()}/db.sqlite`, { postsPerSecond: 40 });
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  const register = () => registerCommands(discord.rest as never, '1', BODY, store.open, log);
  return { discord, store, register, lines };
}

test('commands that are unchanged at Discord are not registered again', async () => {
  const { discord, store, register } = await setUp();
  await register();
  await register();
  expect(discord.puts).toHaveLength(1);
  await store.close();
});

test('a command that another program changed is registered again', async () => {
  const { discord, store, register } = await setUp();
  await register();
  discord.change('wick');
  await register();
  await register();
  expect(discord.puts).toHaveLength(2);
  await store.close();
});

test('a stored registration without command versions is done once more', async () => {
  const { discord, store, register } = await setUp();
  await register();
  const documents = store.open('registration', registrationSchema);
  const { fingerprint = '' } = (await documents.get('1')) ?? {};
  await documents.set('1', { fingerprint });
  await register();
  expect(discord.puts).toHaveLength(2);
  await store.close();
});

test('a command type that the bot does not use is kept when registering', async () => {
  const { discord, store, register } = await setUp();
  discord.add({ id: '9', type: 4, name: 'launch' });
  await register();
  expect(discord.puts[0]).toEqual([...BODY, { id: '9', type: 4, name: 'launch' }]);
  await register();
  expect(discord.puts).toHaveLength(1);
  await store.close();
});

test('the first start logs the invite link, and later ones do not', async () => {
  const { discord, store, register, lines } = await setUp();
  await register();
  discord.change('wick');
  await register();
  const links = lines.map((line) => JSON.parse(line)).filter(({ link }) => link);
  expect(links).toEqual([
    expect.objectContaining({
      msg: 'first start: add the bot to a server with this link',
      link: inviteLink('1'),
    }),
  ]);
  await store.close();
});
