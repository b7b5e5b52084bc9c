import type { Countdown } from '../src/countdown/countdown.ts';
import { applyEdit, pause, resume } from '../src/countdown/edits.ts';
import type { GuildCountdowns } from '../src/countdown/guild-document.ts';
import { targetOf } from '../src/countdown/target.ts';
import { createGuildDocuments } from '../src/delivery/guild-documents.ts';
import { createLedger, historyOf, type LedgerRecord } from '../src/delivery/ledger.ts';
import { utcDay } from '../src/facts/dates.ts';
import { parseCatalogue } from '../src/i18n/catalogue.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { readMessageFiles } from '../src/knowledge/read-files.ts';
import { openSqlite } from '../src/store/sqlite/database.ts';
import type { Store } from '../src/store/store.ts';
import { type BotProcess, type LogLine, startProcess } from './bot.ts';
import { checkEnd, checkStatus } from './check-end.ts';
import { checkPost } from './check-post.ts';
import { createDiscord, type Discord, type Message } from './discord.ts';
import { drawAnswer, type FaultKind } from './faults.ts';
import { createHistory, noteVersions, type SimHistory } from './history.ts';
import {
  createLife,
  createMachineClock,
  kill,
  type Life,
  type MachineClock,
  replaceMachine,
} from './machine.ts';
import { drawEdit, drawOrder, type Place } from './orders.ts';
import { createRandom, type Random } from './random.ts';
import { drawReleases, factsAt, type Release } from './releases.ts';
import { createSharedState, openStoreOf, type SharedState, type StoreWatch } from './store.ts';
import { createTrace, type Trace } from './trace.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

/** What is simulated. The same plan gives the same trace. */
export interface SimPlan {
  seed: number;
  days: number;
  countdowns: number;
  kinds: ReadonlySet<FaultKind>;
}

/** What came of it. */
export interface SimResult {
  hash: string;
  failures: string[];
  marks: ReadonlyMap<string, number>;
  posts: number;
  tail: readonly string[];
}

const START_MS = Date.parse('2024-01-01T00:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Nothing fails in the last days: what is owed must be posted by the end. */
const QUIET_DAYS = 4;
const PER_GUILD = 8;
/** A shorter interruption is not in the way of a post for long. */
const SHORT_MS = 30 * MINUTE_MS;
/** As long as a post is useful. */
const UNHEARD_MS = 8 * DAY_MS;
const ENOUGH_FAILURES = 5;

/** Runs a simulation. */
export async function simulate(plan: SimPlan): Promise<SimResult> {
  const simulation = new Simulation(plan);
  return simulation.run();
}

class Simulation {
  readonly #plan: SimPlan;
  readonly #time: VirtualTime = createVirtualTime(START_MS);
  readonly #trace: Trace = createTrace(this.#time);
  readonly #history: SimHistory = createHistory();
  readonly #clock: MachineClock = createMachineClock(this.#time);
  readonly #faults: Random;
  readonly #admin: Random;
  readonly #bot: Random;
  readonly #releases: Release[];
  readonly #places: Place[];
  readonly #discord: Discord;
  readonly #shared: SharedState;
  readonly #owned = new Map<string, Set<string>>();
  readonly #failures: string[] = [];
  readonly #processes: (BotProcess | undefined)[];
  /** How often things go wrong in this run. */
  readonly #intensity: number;
  readonly #quietMs: number;
  readonly #endMs: number;
  #knowledge: Knowledge;
  #stepsToCrash = Number.POSITIVE_INFINITY;
  #downSinceMs: number | undefined;

  constructor(plan: SimPlan) {
    this.#plan = plan;
    const world = createRandom(plan.seed * 4 + 1);
    this.#faults = createRandom(plan.seed * 4 + 2);
    this.#admin = createRandom(plan.seed * 4 + 3);
    this.#bot = createRandom(plan.seed * 4 + 4);
    this.#intensity = 0.2 + 2 * world.next() ** 2;
    this.#endMs = START_MS + plan.days * DAY_MS;
    this.#quietMs = this.#endMs - QUIET_DAYS * DAY_MS;
    const [moves, reloads] = [plan.kinds.has('moved date'), plan.kinds.has('reload')];
    this.#releases = drawReleases(world, { startMs: START_MS, days: plan.days, moves, reloads });
    this.#discord = createDiscord({
      time: this.#time,
      trace: this.#trace,
      draw: (isPost) =>
        this.#isQuiet()
          ? undefined
          : drawAnswer(this.#faults, plan.kinds, { isPost, probability: 0.12 * this.#intensity }),
      drawDelay: () => this.#faults.between(20, 400),
      onPosted: (message) => this.#notePost(message),
      onRefused: (nonce) => this.#history.refused.add(nonce),
    });
    this.#places = this.#createPlaces();
    const isShared = plan.seed % 4 === 3;
    this.#processes = isShared ? [undefined, undefined] : [undefined];
    this.#shared = createSharedState(openSqlite(':memory:'), this.#time, { startMs: START_MS, isShared });
    this.#knowledge = { ...baseKnowledge(), facts: factsAt(this.#releases, START_MS) };
  }

  async run(): Promise<SimResult> {
    const restore = replaceMachine(this.#time, this.#bot);
    try {
      await this.#turnPicturesOff();
      for (const index of this.#processes.keys()) this.#start(index);
      this.#time.at(START_MS + MINUTE_MS, () => this.#addAll());
      this.#planReloads();
      for (let day = 0; day < this.#plan.days && this.#failures.length < ENOUGH_FAILURES; day += 1) {
        if (!this.#isQuiet()) this.#planDay();
        else if (START_MS + day * DAY_MS < this.#quietMs + DAY_MS) this.#heal();
        await this.#time.runTo(START_MS + (day + 1) * DAY_MS);
      }
      if (this.#failures.length === 0) await this.#checkEnd();
    } finally {
      for (const process of this.#processes) if (process) kill(process.life);
      this.#shared.sqlite.close();
      restore();
    }
    const { marks } = this.#trace;
    const { posts } = this.#history;
    return {
      hash: this.#trace.hash(),
      failures: this.#failures,
      marks,
      posts: posts.length,
      tail: this.#trace.tail(),
    };
  }

  #isQuiet(): boolean {
    return this.#time.now() >= this.#quietMs;
  }

  #createPlaces(): Place[] {
    const count = Math.max(1, Math.ceil(this.#plan.countdowns / PER_GUILD));
    return Array.from({ length: count }, (_, index) => {
      const guildId = String(200_000_000_000_000_000n + BigInt(index));
      const channelIds = [0, 1, 2].map((at) => String(100_000_000_000_000_000n + BigInt(index * 3 + at)));
      const roleId = String(300_000_000_000_000_000n + BigInt(index));
      for (const id of channelIds) this.#discord.addChannel(id, guildId);
      this.#discord.roles.set(guildId, new Set([roleId]));
      return { guildId, channelIds, roleId };
    });
  }

  /** Drawing takes real time, and is none of delivery's decisions. */
  async #turnPicturesOff(): Promise<void> {
    const guilds = createGuildDocuments(this.#openOwnStore().open);
    for (const { guildId } of this.#places)
      await guilds.write(guildId, { countdowns: [], picturesOff: true });
  }

  #openOwnStore(): Store {
    return openStoreOf(createLife(), this.#shared, this.#time, { step() {}, stored() {} });
  }

  // Processes

  #start(index: number): void {
    const life = createLife();
    life.onDeath.push(() => this.#noteDeath(index));
    const watch: StoreWatch = {
      step: (at) => this.#step(at),
      stored: (kind, id, document) => this.#noteStored(kind, id, document),
    };
    this.#processes[index] = startProcess({
      life,
      store: openStoreOf(life, this.#shared, this.#time, watch),
      time: this.#time,
      startMs: START_MS,
      clock: this.#clock,
      random: this.#bot,
      send: this.#discord.connect(life),
      knowledge: () => this.#knowledge,
      onLog: (line) => this.#noteLog(line),
    });
    if (this.#downSinceMs !== undefined) this.#block(this.#downSinceMs);
    this.#downSinceMs = undefined;
    this.#trace.add(`process ${index} started`);
  }

  #noteDeath(index: number): void {
    this.#trace.add(`process ${index} died`);
    this.#processes[index] = undefined;
    if (this.#processes.every((other) => other === undefined)) this.#downSinceMs ??= this.#time.now();
    const away = this.#isQuiet()
      ? 1_000
      : this.#faults.pick([1_000, 30_000, 3 * MINUTE_MS, HOUR_MS, this.#faults.between(1, 12) * HOUR_MS]);
    this.#time.at(this.#time.now() + away, () => this.#isOver() || this.#start(index));
  }

  #isOver(): boolean {
    return this.#time.now() >= this.#endMs;
  }

  /** A process that is to crash does so before a change of the database, or right after it. */
  #step(life: Life): void {
    this.#stepsToCrash -= 1;
    if (this.#stepsToCrash > 0 || this.#isQuiet()) return;
    this.#stepsToCrash = Number.POSITIVE_INFINITY;
    this.#trace.mark('crash between two steps');
    kill(life);
  }

  // What is seen

  #fail(problem: string): void {
    this.#failures.push(`${new Date(this.#time.now()).toISOString()} ${problem}`);
    this.#trace.add(`FAILED ${problem}`);
  }

  #notePost(message: Message): void {
    if (!this.#discord.channels.get(message.channelId)?.guildId) {
      this.#trace.mark('message about silent countdowns');
      return;
    }
    const key = this.#history.keyOfNonce.get(message.nonce);
    for (const problem of checkPost(this.#history, this.#releases, key, message)) this.#fail(problem);
    if (key === undefined) return;
    this.#trace.mark(`post: ${key.split('/')[1]}${key.includes('T') ? ' with an hour' : ''}`);
    const seen = { key, message };
    this.#history.posts.push(seen);
    this.#history.postsOf.set(key, [...(this.#history.postsOf.get(key) ?? []), seen]);
  }

  #noteStored(kind: string, id: string, document: unknown): void {
    if (kind === 'countdowns') {
      const known = this.#owned.get(id) ?? new Set();
      this.#owned.set(id, known);
      const { countdowns } = (document ?? { countdowns: [] }) as GuildCountdowns;
      noteVersions(this.#history, known, countdowns, this.#time.now());
    }
    if (kind === 'ledger' && document) this.#noteLedger(document as Record<string, LedgerRecord>);
    if (kind === 'progress' && document) {
      const { paused } = document as { paused?: string };
      if (paused) this.#trace.mark(`silence: ${paused}`);
    }
  }

  #noteLedger(records: Record<string, LedgerRecord>): void {
    for (const [key, record] of Object.entries(records)) {
      const before = this.#history.records.get(key);
      if (before && before.state === record.state && before.at === record.at) continue;
      this.#history.records.set(key, record);
      const why = 'why' in record ? `: ${record.why}` : '';
      this.#trace.mark(`ledger: ${record.state}${why}`);
      this.#trace.add(`ledger ${key} ${record.state}${why}`);
      if (record.state === 'sending') this.#history.keyOfNonce.set(record.nonce, key);
    }
  }

  #noteLog({ level, msg, err }: LogLine): void {
    // With a number or a name in it, it would be many marks.
    if (level < 50 || !/\d/.test(msg)) this.#trace.mark(`log: ${msg}`);
    this.#trace.add(`log ${msg}${err ? ` ${err.message}` : ''}`);
    if (err) this.#fail(`an exception, which is a bug: ${msg}: ${err.stack}`);
  }

  #block(fromMs: number): void {
    const toMs = this.#time.now();
    if (toMs - fromMs > SHORT_MS) this.#history.blocked.push({ fromMs, toMs });
  }

  // What happens

  #planReloads(): void {
    for (const { dates } of this.#releases)
      for (const { fromMs, isReloaded } of dates)
        if (isReloaded && fromMs > START_MS)
          this.#time.at(fromMs, () => {
            this.#trace.mark('reload');
            this.#knowledge = { ...this.#knowledge, facts: factsAt(this.#releases, this.#time.now()) };
            for (const process of this.#processes) process?.reload(this.#knowledge);
          });
  }

  /** Draws what happens in a day. */
  #planDay(): void {
    const random = this.#faults;
    const draw = (kind: FaultKind, perDay: number, work: () => void) => {
      const isDrawn = random.chance(Math.min(0.9, perDay * this.#intensity));
      const at = this.#time.now() + random.between(0, DAY_MS - 1);
      if (isDrawn && this.#plan.kinds.has(kind)) this.#time.at(at, () => this.#isQuiet() || work());
    };
    draw('crash', 0.15, () => {
      this.#stepsToCrash = random.between(1, 25);
    });
    draw('crash', 0.05, () => this.#killOne());
    draw('outage', 0.02, () => this.#beginOutage());
    draw('permissions', 0.08, () => this.#close(random.pick(['no-permission', 'no-access'])));
    draw('channel deleted', 0.004, () => this.#close('gone'));
    draw('unreadable history', 0.5, () => this.#hideHistory());
    draw('role deleted', 0.02, () => this.#discord.roles.get(random.pick(this.#places).guildId)?.clear());
    draw('clock jump', 0.05, () => this.#setClock(random.between(-5 * HOUR_MS, 5 * HOUR_MS)));
    draw('small clock jump', 0.1, () => this.#setClock(random.between(-110_000, 110_000)));
    const changes = 0.1 * Math.min(10, this.#plan.countdowns / 10);
    draw('edit', 3 * changes, () => void this.#change('edit'));
    draw('pause', changes, () => void this.#change('pause'));
    draw('removal', changes, () => void this.#change('removal'));
  }

  #killOne(): void {
    const process = this.#faults.pick(this.#processes);
    if (process) kill(process.life);
  }

  #beginOutage(): void {
    const random = this.#faults;
    const hours = random.chance(0.1) ? random.between(12, 40) : random.between(1, 6);
    const toMs = this.#time.now() + hours * HOUR_MS;
    this.#discord.outageUntilMs = Math.min(this.#quietMs, Math.max(this.#discord.outageUntilMs, toMs));
    const span = { fromMs: this.#time.now(), toMs: this.#discord.outageUntilMs };
    this.#history.blocked.push(span);
    this.#trace.mark('outage');
  }

  #close(state: 'no-permission' | 'no-access' | 'gone'): void {
    const random = this.#faults;
    const place = random.pick(this.#places);
    const channel = this.#discord.channels.get(random.pick(place.channelIds));
    if (channel?.state !== 'open') return;
    channel.state = state;
    const span = { fromMs: this.#time.now(), toMs: Number.POSITIVE_INFINITY };
    const spans = this.#history.closed.get(channel.id) ?? [];
    this.#history.closed.set(channel.id, [...spans, span]);
    if (state === 'gone') return;
    const open = () => {
      if (channel.state === 'open' || channel.state === 'gone') return;
      channel.state = 'open';
      // Unless the half with the gateway hears of it, the bot finds out when the next post is due.
      span.toMs = this.#time.now() + UNHEARD_MS;
      const { repositories, now } = this.#processes.find((process) => process !== undefined) ?? {};
      if (!repositories || !now || random.chance(0.3)) return;
      repositories.pauses
        .retryPaused(place.guildId, (id) => id === channel.id, now())
        .then(
          () => {
            span.toMs = this.#time.now();
          },
          () => {},
        );
    };
    this.#time.at(Math.min(this.#quietMs, this.#time.now() + random.between(1, 72) * HOUR_MS), open);
  }

  #hideHistory(): void {
    const channel = this.#faults.pick([...this.#discord.channels.values()]);
    channel.isReadable = false;
    this.#history.unreadable.add(channel.id);
    const show = () => {
      channel.isReadable = true;
    };
    this.#time.at(this.#time.now() + this.#faults.between(1, 48) * HOUR_MS, show);
  }

  #setClock(aheadMs: number): void {
    const set = (ms: number) => {
      this.#clock.set(ms);
      this.#history.clock.push({ fromMs: this.#time.now(), aheadMs: ms });
    };
    set(aheadMs);
    this.#time.at(this.#time.now() + this.#faults.between(1, 20) * MINUTE_MS, () => set(0));
  }

  /** Ends what is still wrong. */
  #heal(): void {
    this.#stepsToCrash = Number.POSITIVE_INFINITY;
    if (this.#clock.aheadMs !== 0) this.#clock.set(0);
  }

  // What people do

  #addAll(): void {
    const { repositories, now } = this.#processes[0] ?? {};
    if (!repositories || !now) {
      this.#time.at(this.#time.now() + MINUTE_MS, () => this.#addAll());
      return;
    }
    void (async () => {
      for (let index = 0; index < this.#plan.countdowns; index += 1) {
        const place = this.#admin.pick(this.#places);
        await this.#add(repositories, place, now());
      }
    })().catch((error: unknown) => this.#trace.add(`adding failed: ${error}`));
  }

  async #add(repositories: BotProcess['repositories'], place: Place, now: Temporal.Instant): Promise<void> {
    const order = drawOrder(this.#admin, place, this.#releases, this.#time.now());
    const contact = {
      userId: String(400_000_000_000_000_000n + BigInt(this.#admin.between(0, 9))),
      locale: 'en-US',
    };
    const result = await repositories.countdowns.add(place.guildId, order, now, contact);
    this.#trace.add(`added in ${place.guildId}: ${result.ok ? result.state.countdown.id : result.why}`);
  }

  async #change(what: 'edit' | 'pause' | 'removal'): Promise<void> {
    const random = this.#admin;
    const process = this.#processes.find((one) => one !== undefined);
    if (!process) return;
    const { repositories, now } = process;
    const place = random.pick(this.#places);
    try {
      const states = await repositories.countdowns.list(place.guildId);
      if (states.length === 0 || what === 'removal') await this.#add(repositories, place, now());
      if (states.length === 0) return;
      const { id } = random.pick(states).countdown;
      this.#trace.add(`${what} ${id}`);
      if (what === 'removal') return void (await repositories.countdowns.remove(place.guildId, id));
      const alter = (state: { countdown: Countdown; progress: Parameters<typeof applyEdit>[1] }) => {
        const { countdown, progress } = state;
        if (what === 'pause') return countdown.pausedAt ? resume(countdown, now()) : pause(countdown, now());
        const target = targetOf(this.#knowledge.facts, countdown, utcDay(now()));
        return applyEdit(
          countdown,
          progress,
          target,
          drawEdit(random, place, countdown, this.#time.now()),
          now(),
        );
      };
      await repositories.countdowns.change(place.guildId, id, alter, now());
    } catch (error) {
      // The clock is wrong: the command says so.
      this.#trace.add(`${what} failed: ${error}`);
    }
  }

  async #checkEnd(): Promise<void> {
    for (const problem of checkEnd(this.#history, this.#releases, this.#endMs)) this.#fail(problem);
    const ledger = createLedger(this.#openOwnStore().open);
    for (const [id, versions] of this.#history.versions) {
      if (versions.at(-1)?.toMs !== Number.POSITIVE_INFINITY) continue;
      const status = historyOf(await ledger.all(id));
      for (const problem of checkStatus(this.#history, id, status)) this.#fail(problem);
    }
  }
}

let base: Omit<Knowledge, 'facts'> | undefined;

/** What does not change: read once, as it takes time. */
function baseKnowledge(): Omit<Knowledge, 'facts'> {
  const catalogue = parseCatalogue(readMessageFiles('data'));
  if (!catalogue.ok) throw new Error('The messages hold mistakes.');
  base ??= { catalogue: catalogue.catalogue, questions: {} as Knowledge['questions'] };
  return base;
}
