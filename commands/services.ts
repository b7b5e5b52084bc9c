import type { DrawPicture } from '../src/countdown/picture.ts';
import type { Repositories } from '../src/delivery/repositories.ts';
import type { EventIsGone } from '../src/discord/posting/scheduled-events.ts';
import type { SendTestPost } from '../src/discord/posting/test-sender.ts';
import type { LookUpAccess } from '../src/discord/rest/access-lookup.ts';
import type { OpenDm } from '../src/discord/rest/dm-channel.ts';
import type { Links } from '../src/discord/rest/links.ts';
import type { DataState } from '../src/knowledge/knowledge.ts';
import type { ReadOwnerData } from '../src/privacy/owner-data.ts';

/** What the bot tells about itself. */
export interface BotInfo {
  version: string;
  startedAt: Temporal.Instant;
  /** Returns when the facts were read, and the mistakes in their files. */
  data(): DataState;
  /** Asks Discord for the links of the application's page. Rejects where Discord does not answer. */
  links(): Promise<Links>;
}

/** What commands use besides the request. Given once, when they are made; each takes only the part that it uses. */
export interface Services extends Repositories {
  isEventGone: EventIsGone;
  sendTestPost: SendTestPost;
  drawPicture: DrawPicture;
  openDm: OpenDm;
  lookUpAccess: LookUpAccess;
  readOwnerData: ReadOwnerData;
  bot: BotInfo;
}
