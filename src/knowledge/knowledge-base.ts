import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import type { Logger } from 'pino';
import type { ChoiceLimits } from '../facts/rules.ts';
import type { Clock } from '../lib/clock.ts';
import { type Problem, problemLine } from '../lib/data-file.ts';
import { createKeyedQueue } from '../lib/keyed-queue.ts';
import { watchFolders } from '../lib/watch-folders.ts';
import type { CurrentKnowledge, DataState, Knowledge } from './knowledge.ts';
import { DataError, type DataFiles, foldersOf, parseKnowledge, readData } from './load.ts';

/** The knowledge that a running bot keeps, and puts new in the place of as the files change. */
export interface KnowledgeBase {
  current: CurrentKnowledge;
  state(): DataState;
  /** Reads the folder again. Where it holds mistakes, what was known stays. */
  reload(): Promise<void>;
  /** From now on reads the folder whenever it changes, and hands new knowledge on to `taken`. */
  watch(taken: (knowledge: Knowledge) => Promise<void>): void;
  /** Resolves when nothing is being read or handed on. */
  whenIdle(): Promise<void>;
  close(): void;
}

/** What a knowledge base reads, and what it needs for that. */
export interface KnowledgeBaseOptions {
  folder: string;
  /** How much fits into a list of choices. */
  limits: ChoiceLimits;
  clock: Clock;
  log: Logger;
}

/** Reads the data folder, which must be without mistakes the first time: throws a `DataError` where it is not. */
export function openKnowledgeBase({ folder, limits, clock, log }: KnowledgeBaseOptions): KnowledgeBase {
  const files = readData(folder);
  let fingerprint = fingerprintOf(files);
  let knowledge = parseKnowledge(files, limits);
  let state: DataState = { readAt: clock.now(), problems: [] };
  let taken: (knowledge: Knowledge) => Promise<void> = async () => {};
  let watching: { close(): void } | undefined;
  const inTurn = createKeyedQueue();

  function reload(): Promise<void> {
    return inTurn(folder, async () => {
      const read = readAgain();
      if (!read) return;
      // The one step by which the bot knows something else: nobody sees a part of it.
      knowledge = read;
      log.info('the data has changed and was taken up');
      await taken(read).catch((error: unknown) =>
        log.error({ err: error }, 'what has changed in the data was not handed on'),
      );
    });
  }

  /** What is known by the files as they stand; undefined where that is what is known already, or where they hold mistakes. */
  function readAgain(): Knowledge | undefined {
    try {
      const again = readData(folder);
      const newFingerprint = fingerprintOf(again);
      if (newFingerprint === fingerprint) {
        if (state.problems.length > 0) log.info('the data is as it was before it held mistakes');
        state = { ...state, problems: [] };
        return undefined;
      }
      const read = parseKnowledge(again, limits);
      fingerprint = newFingerprint;
      state = { readAt: clock.now(), problems: [] };
      return read;
    } catch (error) {
      const problems = problemsOf(error);
      state = { ...state, problems };
      log.error({ problems: problems.map(problemLine) }, 'the data holds mistakes; what was known stays');
      return undefined;
    }
  }

  /** A file that goes while the folder is read is a mistake like others, which the next change mends. */
  function problemsOf(error: unknown): readonly Problem[] {
    if (error instanceof DataError) return error.problems.map((one) => ({ ...one, file: named(one.file) }));
    const { code, message } = error as NodeJS.ErrnoException;
    return [{ file: 'data', path: '', message: `cannot be read: ${code ?? message}` }];
  }
  /** Where the folder is on this machine is nothing for those who ask. */
  const named = (file: string) => (file.startsWith(folder) ? join('data', relative(folder, file)) : file);

  return {
    current: () => knowledge,
    state: () => state,
    reload,
    watch(then) {
      taken = then;
      watching = watchFolders(
        foldersOf(folder),
        () => void reload(),
        (error) =>
          log.warn({ err: error }, 'changes of the data are not seen by themselves; SIGHUP has it read'),
      );
    },
    whenIdle: () => inTurn(folder, async () => {}),
    close: () => watching?.close(),
  };
}

const fingerprintOf = (files: DataFiles) =>
  createHash('sha256').update(JSON.stringify(files)).digest('base64url');
