import { open } from './actions.ts';
import { now, set } from './store.ts';

/** A place in Discord that an address names. */
interface Place {
  /** A server, or "@me" for direct messages. */
  readonly guild: string;
  readonly channel: string;
  readonly message: string | undefined;
}

const DISCORD = /(?:^|\.)(?:discord(?:app)?\.com|discord\.gg)$/;

/** Returns whether an address is one of Discord's. What the sandbox made does not exist there. */
export const isOfDiscord = (address: string): boolean =>
  URL.canParse(address) && DISCORD.test(new URL(address).hostname);

/** Returns the place that a link to a channel or a message names; undefined for any other address. */
function findPlace(address: string): Place | undefined {
  if (!isOfDiscord(address)) return undefined;
  const [, guild, channel, message] =
    /^\/channels\/(@me|\d+)\/(\d+)(?:\/(\d+))?\/?$/.exec(new URL(address).pathname) ?? [];
  return guild && channel ? { guild, channel, message } : undefined;
}

/** Follows a link in a message: to a message or a channel of the sandbox at once. Other addresses are shown first. */
export function followLink(event: Event): void {
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (link?.target !== '_blank' || link.closest('dialog')) return;
  // With this key a link opens in a new tab, by the reader's own choice.
  const inNewTab = (event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey;
  if (inNewTab && !isOfDiscord(link.href)) return;
  event.preventDefault();
  const place = findPlace(link.href);
  if (place && isHere(place)) void jump(place.channel, place.message);
  else set({ leaving: link.href });
}

function isHere({ channel }: Place): boolean {
  const { world, channelId } = now();
  return (
    channel === channelId || world.guilds.some(({ channels }) => channels.some(({ id }) => id === channel))
  );
}

/** Opens a channel, and brings one of its messages into sight. */
export async function jump(channel: string, message?: string): Promise<void> {
  const { world, channelId } = now();
  const guild = world.guilds.find(({ channels }) => channels.some(({ id }) => id === channel));
  if (guild && channel !== channelId) await open(guild.id, channel);
  if (message === undefined) return;
  if (!now().messages.some(({ message: { id } }) => id === message))
    return set({ said: 'That message was deleted, or you cannot see it.' });
  set({ target: { id: message } });
}
