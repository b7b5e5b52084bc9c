import {
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type Component, listComponents } from '../rules/components.ts';
import type { Embed } from '../rules/embeds.ts';
import { createDiscordError } from '../rules/errors.ts';
import { createFieldError } from '../rules/form.ts';
import type { AllowedMentions, MessageForm } from '../rules/message.ts';
import { saveAttachment } from './attachments.ts';
import { createComponents, findMedia } from './create-components.ts';
import type { FileStore, Upload } from './files.ts';
import { resolveMentions } from './mentions.ts';
import { hasPermissions } from './permissions.ts';
import type { Channel, Guild, StoredMessage } from './types.ts';
import type { World } from './world.ts';

/** The part of a message that does not depend on who sent it, and how. */
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

/** The content of a message that has none of its own: a deferred reply, or a forward. */
export const EMPTY_CONTENT: MessageContent = {
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  flags: 0 as MessageFlags,
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
};

/** Where a message goes. */
export interface MessageTarget {
  readonly channel: Channel;
  readonly guild: Guild | null;
  /** The permissions of the sender in the channel. */
  readonly permissions: bigint;
  /** Who is pinged when the body has no `allowed_mentions`. */
  readonly defaultMentions: AllowedMentions;
  /** The URL below which attachments are served. */
  readonly filesUrl: string;
}

/** What a message is built from. */
export interface MessageInput {
  readonly form: MessageForm;
  readonly uploads: readonly Upload[];
  /** The content before an edit, which keeps the fields that the form leaves out. */
  readonly before?: MessageContent;
}

/** Where the parts of a message are stored. */
export interface MessageStores {
  readonly world: World;
  readonly files: FileStore;
}

/**
 * Returns the content of a message as Discord shows it, and saves its files. Embeds are dropped without the permission
 * Embed Links. Throws Discord's error for an empty message, and for files that are too large or not allowed.
 */
export function buildMessage(
  stores: MessageStores,
  target: MessageTarget,
  input: MessageInput,
): MessageContent {
  const { form, before } = input;
  const attachments = buildAttachments(stores, target, input);
  const embeds = form.embeds ? buildEmbeds(form.embeds, target, attachments) : (before?.embeds ?? []);
  const components = form.components
    ? createComponents(form.components, attachments, stores.world.nextId)
    : (before?.components ?? []);
  const content = form.content ?? before?.content ?? '';
  const displayTexts = listComponents(components as unknown as Component[]).map(
    ([component]) => component['content'] ?? '',
  );
  const allowed = form.allowed_mentions ?? target.defaultMentions;
  const scope = { permissions: target.permissions, guild: target.guild, users: stores.world.users };
  const mentions = resolveMentions([content, ...displayTexts].join('\n'), allowed, scope);
  if (!content && [embeds, components, attachments].every((list) => list.length === 0)) {
    throw createDiscordError('emptyMessage');
  }
  return {
    content,
    embeds,
    components,
    attachments,
    flags: form.flags as MessageFlags,
    mentions: mentions.users,
    mention_roles: mentions.roles,
    mention_everyone: mentions.everyone,
  };
}

/**
 * Saves the uploaded files, and returns all attachments of the message. An edit keeps those that the form lists, or all
 * if it lists none.
 */
function buildAttachments(
  { world, files }: MessageStores,
  target: MessageTarget,
  { form, uploads, before }: MessageInput,
): APIAttachment[] {
  if (uploads.length > 0 && !hasPermissions(target.permissions, PermissionFlagsBits.AttachFiles))
    throw createDiscordError('missingPermissions');
  const listed = new Map((form.attachments ?? []).map((attachment) => [attachment.id, attachment]));
  const kept = (before?.attachments ?? []).filter(({ id }) => !form.attachments || listed.has(id));
  const url = `${target.filesUrl}/${target.channel.id}`;
  const added = uploads.map((upload) =>
    saveAttachment(files, { upload, id: world.nextId(), url, details: listed.get(upload.key) }),
  );
  if (kept.length + added.length > 10) {
    throw createFieldError(['attachments'], 'BASE_TYPE_BAD_LENGTH', 'Must be 10 or fewer in length.');
  }
  return [...kept, ...added];
}

function buildEmbeds(
  embeds: readonly Embed[],
  target: MessageTarget,
  attachments: readonly APIAttachment[],
): APIEmbed[] {
  const canEmbed = hasPermissions(target.permissions, PermissionFlagsBits.EmbedLinks);
  return canEmbed ? embeds.map((embed) => resolveEmbed(embed, attachments)) : [];
}

function resolveEmbed(embed: Embed, attachments: readonly APIAttachment[]): APIEmbed {
  const resolveImage = (media: { url: string } | undefined) => {
    const url = media && findMedia(media.url, attachments)?.url;
    return url ? { url, proxy_url: url, width: 0, height: 0 } : undefined;
  };
  const resolveIcon = (part: { icon_url?: string | undefined } | undefined) =>
    part && { ...part, icon_url: part.icon_url && findMedia(part.icon_url, attachments)?.url };
  const fields = embed.fields?.map((field) => ({ ...field, inline: field.inline ?? false }));
  const resolved = {
    ...embed,
    type: 'rich',
    fields,
    footer: resolveIcon(embed.footer),
    author: resolveIcon(embed.author),
    image: resolveImage(embed.image),
    thumbnail: resolveImage(embed.thumbnail),
  };
  return omitUndefined(resolved) as APIEmbed;
}

/** Returns the value as JSON carries it: without fields that are undefined. */
const omitUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
