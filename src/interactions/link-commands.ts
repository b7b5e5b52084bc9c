import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { LIMITS } from '../discord/message/limits.ts';
import type { Reply } from '../discord/message/reply.ts';

/** The ids of the registered commands, by name: "ballerina". */
export type CommandIds = ReadonlyMap<string, string>;

/** A command as the messages name it, without options: `/countdown status`, `/countdowns`. */
const NAMED_COMMAND = /`\/([a-z]+)( [a-z]+)?`/g;

/**
 * Returns a message in which the names of commands can be clicked: docs "Reference", message formatting. A command without an id
 * stays as it is, and so does a message that would become too long.
 */
export function linkCommands(message: Reply, ids: CommandIds): Reply {
  if (ids.size === 0) return message;
  const link = (text: string) =>
    text.replace(NAMED_COMMAND, (plain, name: string, subcommand = '') => {
      const id = ids.get(name);
      return id ? `</${name}${subcommand}:${id}>` : plain;
    });
  const { content, embeds, components } = message;
  const linked: Reply = {
    ...message,
    ...(content !== undefined && { content: within(LIMITS.content, content, link(content)) }),
    ...(embeds && { embeds: embeds.map((embed) => linkInEmbed(embed, link)) }),
    ...(components && { components: linkInComponents(components, link) }),
  };
  return fits(linked) ? linked : message;
}

type LinkText = (text: string) => string;

const within = (max: number, plain: string, linked: string) => (linked.length <= max ? linked : plain);

function linkInEmbed(embed: APIEmbed, link: LinkText): APIEmbed {
  const { description, fields } = embed;
  return {
    ...embed,
    ...(description && {
      description: within(LIMITS.embedDescription, description, link(description)),
    }),
    ...(fields && {
      fields: fields.map((field) => ({
        ...field,
        value: within(LIMITS.fieldValue, field.value, link(field.value)),
      })),
    }),
  };
}

/** Text is linked wherever a component has it; the components are plain JSON. */
function linkInComponents(
  components: APIMessageTopLevelComponent[],
  link: LinkText,
): APIMessageTopLevelComponent[] {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [
        key,
        key === 'content' && typeof field === 'string' ? link(field) : visit(field),
      ]),
    );
  };
  return visit(components) as APIMessageTopLevelComponent[];
}

/** Whether the texts of a message are within what Discord allows in all. */
function fits({ embeds = [], components = [] }: Reply): boolean {
  const embedText = embeds.reduce((sum, embed) => sum + lengthOf(embed), 0);
  const shown = [...JSON.stringify(components).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)];
  const componentText = shown.reduce((sum, [, text = '']) => sum + text.length, 0);
  return embedText <= LIMITS.embedTotal && componentText <= LIMITS.componentText;
}

const lengthOf = ({ title = '', description = '', fields = [], footer }: APIEmbed): number =>
  [title, description, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])].reduce(
    (sum, text) => sum + text.length,
    0,
  );
