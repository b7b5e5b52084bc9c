import { type APIAttachment, type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import type { Component } from '../rules/components.ts';
import { createFieldError } from '../rules/form.ts';

/* Components as a message has them (documentation: components/reference). A bot may leave fields out, Discord does not. */

/** What the components of a message are made with. */
interface Scope {
  readonly attachments: readonly APIAttachment[];
  readonly nextId: () => string;
}

/** A picture or a file. `attachment` is set where it is a file of the message. */
interface Media {
  readonly url: string;
  readonly attachment?: APIAttachment;
}

/** Finds what a URL refers to: itself, or with `attachment://name` a file of the message, if it has one. */
export function findMedia(url: string, attachments: readonly APIAttachment[]): Media | undefined {
  if (!url.startsWith('attachment://')) return { url };
  const name = url.slice('attachment://'.length);
  const attachment = attachments.find(({ filename }) => filename === name);
  return attachment && { url: attachment.url, attachment };
}

/**
 * Returns the components that a message gets: with the defaults of missing fields, and with URLs in place of `attachment://name`.
 * Throws Discord's error for a file that the message does not have.
 */
export function createComponents(
  components: readonly Component[],
  attachments: readonly APIAttachment[],
  nextId: () => string,
): APIMessageTopLevelComponent[] {
  const created = createNode(components, ['components'], { attachments, nextId });
  return JSON.parse(JSON.stringify(created)) as APIMessageTopLevelComponent[];
}

function createNode(value: unknown, path: PropertyKey[], scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item, index) => createNode(item, [...path, index], scope));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, field]) => {
    if (field === undefined) return [];
    const isMedia = (key === 'media' || key === 'file') && typeof field.url === 'string';
    const inside = [...path, key];
    return [[key, isMedia ? createMedia(field.url, inside, scope) : createNode(field, inside, scope)]];
  });
  const node: Record<string, unknown> = Object.fromEntries(entries);
  return { ...findDefaults(value, scope), ...node };
}

function createMedia(url: string, path: PropertyKey[], { attachments, nextId }: Scope): object {
  const media = findMedia(url, attachments);
  if (!media) {
    const message = 'The referenced attachment was not found in this message';
    const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
    throw createFieldError([...path, 'url'], code, message);
  }
  const { attachment } = media;
  return {
    id: nextId(),
    url: media.url,
    proxy_url: media.url,
    width: 0,
    height: 0,
    ...(attachment && { attachment_id: attachment.id, content_type: attachment.content_type }),
  };
}

/** Returns the fields of a component, or of an item of a gallery, that a bot may leave out. */
function findDefaults(node: object, { attachments }: Scope): object {
  if (!('type' in node)) return 'media' in node ? { description: null, spoiler: false } : {};
  switch (node.type) {
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return { min_values: 1, max_values: 1 };
    case ComponentType.Container:
      return { accent_color: null, spoiler: false };
    case ComponentType.Thumbnail:
      return { description: null, spoiler: false };
    case ComponentType.Separator:
      return { spacing: 1, divider: true };
    case ComponentType.File: {
      const { file } = node as { file?: { url: string } };
      const attachment = file && findMedia(file.url, attachments)?.attachment;
      return { name: attachment?.filename ?? '', size: attachment?.size ?? 0, spoiler: false };
    }
    default:
      return {};
  }
}
