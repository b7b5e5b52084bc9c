import {
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type Component, listComponents } from '../rules/components.ts';
import { createDiscordError } from '../rules/errors.ts';
import { createFieldError } from '../rules/form.ts';
import { type AllowedMentions, MAX_FILE_BYTES, type MessageForm } from '../rules/message.ts';
import type { FileStore, Upload } from './files.ts';
import { resolveMentions } from './mentions.ts';
import { hasPermissions } from './permissions.ts';
import type { Channel, Guild, StoredMessage } from './types.ts';
import type { World } from './world.ts';

/** What stands in a message, whoever sent it and however. */
export interface MessageContent {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  readonly attachments: APIAttachment[];
  readonly flags: MessageFlags;
  readonly mentions: StoredMessage['message']['mentions'];
  readonly mention_roles: string[];
  readonly mention_everyone: boolean;
}

/** Where a message goes, what its sender may do there, and whom it pings when the body does not say. */
export interface MessageTarget {
  readonly channel: Channel;
  readonly guild: Guild | null;
  readonly permissions: bigint;
  readonly defaultMentions: AllowedMentions;
  /** The address under which attachments are served. */
  readonly filesUrl: string;
}

/**
 * Makes of a parsed body what Discord would show: fields that an edit leaves out are taken from `before`, embeds fall
 * away without the permission Embed Links, files get ids and addresses, mentions are settled.
 */
export function buildMessage(
  world: World,
  files: FileStore,
  place: MessageTarget,
  form: MessageForm,
  uploads: readonly Upload[],
  before?: MessageContent,
): MessageContent {
  if (uploads.length > 0 && !hasPermissions(place.permissions, PermissionFlagsBits.AttachFiles))
    throw createDiscordError('missingPermissions');
  const attachments = buildAttachments(world, files, place, form, uploads, before?.attachments ?? []);
  const mayEmbed = hasPermissions(place.permissions, PermissionFlagsBits.EmbedLinks);
  const embeds = form.embeds
    ? mayEmbed
      ? form.embeds.map((embed) => resolveEmbed(embed, attachments))
      : []
    : before?.embeds;
  const components = form.components ? resolveComponents(form.components, attachments) : before?.components;
  const content = form.content ?? before?.content ?? '';
  const shown = [
    content,
    ...listComponents((components ?? []) as unknown as Component[]).map(([one]) => one['content'] ?? ''),
  ];
  const allowed = form.allowed_mentions ?? place.defaultMentions;
  const mentions = resolveMentions(shown.join('\n'), allowed, place.permissions, place.guild, world.users);
  const composed = {
    content,
    embeds: embeds ?? [],
    components: components ?? [],
    attachments,
    flags: form.flags as MessageFlags,
    mentions: mentions.users,
    mention_roles: mentions.roles,
    mention_everyone: mentions.everyone,
  };
  if (!content && [composed.embeds, composed.components, attachments].every((list) => list.length === 0)) {
    throw createDiscordError('emptyMessage');
  }
  return composed;
}

/** The attachments of a message: those of before that the body still names (all, if it names none), and the new ones. */
function buildAttachments(
  world: World,
  files: FileStore,
  place: MessageTarget,
  form: MessageForm,
  uploads: readonly Upload[],
  before: readonly APIAttachment[],
): APIAttachment[] {
  const described = new Map((form.attachments ?? []).map((one) => [one.id, one]));
  const kept = before.filter((one) => !form.attachments || described.has(one.id));
  const added = uploads.map((upload): APIAttachment => {
    if (upload.bytes.length > MAX_FILE_BYTES) throw createDiscordError('tooLarge');
    const about = described.get(upload.key);
    const id = world.nextId();
    const filename = (about?.filename ?? upload.name).replaceAll(/[^\w.-]+/g, '_');
    files.save(id, upload.bytes);
    const url = `${place.filesUrl}/${place.channel.id}/${id}/${filename}`;
    return {
      id,
      filename,
      size: upload.bytes.length,
      url,
      proxy_url: url,
      ...(upload.type ? { content_type: upload.type } : {}),
      ...(about?.description ? { description: about.description } : {}),
    };
  });
  if (kept.length + added.length > 10) {
    throw createFieldError(['attachments'], 'BASE_TYPE_BAD_LENGTH', 'Must be 10 or fewer in length.');
  }
  return [...kept, ...added];
}

const findAttachmentUrl = (url: string, attachments: readonly APIAttachment[]) =>
  url.startsWith('attachment://')
    ? attachments.find((one) => one.filename === url.slice('attachment://'.length))?.url
    : url;

function resolveEmbed(
  embed: NonNullable<MessageForm['embeds']>[number],
  attachments: APIAttachment[],
): APIEmbed {
  const image = (media: { url: string } | undefined) => {
    const url = media && findAttachmentUrl(media.url, attachments);
    return url ? { url, proxy_url: url, width: 0, height: 0 } : undefined;
  };
  const icon = (part: { icon_url?: string | undefined } | undefined) =>
    part && { ...part, icon_url: part.icon_url && findAttachmentUrl(part.icon_url, attachments) };
  const fields = embed.fields?.map((field) => ({ ...field, inline: field.inline ?? false }));
  const resolved = {
    ...embed,
    type: 'rich',
    fields,
    footer: icon(embed.footer),
    author: icon(embed.author),
    image: image(embed.image),
    thumbnail: image(embed.thumbnail),
  };
  return withoutUndefined(resolved) as APIEmbed;
}

/** Turns `attachment://name` into addresses. A component that names a file the message has not is refused. */
function resolveComponents(
  components: Component[],
  attachments: APIAttachment[],
): APIMessageTopLevelComponent[] {
  const resolve = (value: unknown, path: PropertyKey[]): unknown => {
    if (Array.isArray(value)) return value.map((one, index) => resolve(one, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if ((key === 'media' || key === 'file') && typeof inner.url === 'string') {
          const url = findAttachmentUrl(inner.url, attachments);
          if (url) return [key, { url, proxy_url: url, width: 0, height: 0 }];
          const message = 'The referenced attachment was not found in this message';
          throw createFieldError(
            [...path, key, 'url'],
            'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
            message,
          );
        }
        return [key, resolve(inner, [...path, key])];
      }),
    );
  };
  return withoutUndefined(resolve(components, ['components'])) as APIMessageTopLevelComponent[];
}

/** The value as JSON would carry it. */
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
