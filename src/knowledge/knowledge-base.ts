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

/** The knowledge of a running bot, replaced as a whole when the data files change. */
export interface KnowledgeBase {
  current: CurrentKnowledge;
  state(): DataState;
  /** Reads the folder again. Keeps the knowledge that there is where the files hold mistakes. */
  reload(): Promise<void>;
  /** Reloads whenever the folder changes from now on, and calls `onChange` with new knowledge. */
  watch(onChange: (knowledge: Knowledge) => Promise<void>): void;
  /** Resolves when no reload and no `onChange` is running. */
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

/** Reads the data folder and returns its knowledge base. Throws a `DataError` where the folder holds mistakes. */
export function openKnowledgeBase({ folder, limits, clock, log }: KnowledgeBaseOptions): KnowledgeBase {
  const files = readData(folder);
  let fingerprint = fingerprintOf(files);
  let knowledge = parseKnowledge(files, limits);
  let state: DataState = { readAt: clock.now(), problems: [] };
  let onChange: (knowledge: Knowledge) => Promise<void> = async () => {};
  let watcher: { close(): void } | undefined;
  const enqueue = createKeyedQueue();

  function reload(): Promise<void> {
    return enqueue(folder, async () => {
      const changed = readChanged();
      if (!changed) return;
      // Everything is replaced in one step, so that nobody sees a part of it.
      knowledge = changed;
      log.info('data reloaded');
      await onChange(changed).catch((error: unknown) =>
        log.error({ err: error }, 'reloaded data could not be handed on'),
      );
    });
  }

  /** The knowledge of the files as they are now; undefined where they have not changed, or hold mistakes. */
  function readChanged(): Knowledge | undefined {
    try {
      const newFiles = readData(folder);
      const newFingerprint = fingerprintOf(newFiles);
      if (newFingerprint === fingerprint) {
        if (state.problems.length > 0) log.info('mistakes in the data undone, nothing to reload');
        state = { ...state, problems: [] };
        return undefined;
      }
      const changed = parseKnowledge(newFiles, limits);
      fingerprint = newFingerprint;
      state = { readAt: clock.now(), problems: [] };
      return changed;
    } catch (error) {
      const problems = problemsOf(error, folder);
      state = { ...state, problems };
      log.error({ problems: problems.map(problemLine) }, 'data has mistakes, keeping the current knowledge');
      return undefined;
    }
  }

  const onWatchError = (error: unknown) =>
    log.warn({ err: error }, 'cannot watch the data folder, send SIGHUP to reload it');

  return {
    current: () => knowledge,
    state: () => state,
    reload,
    watch(listener) {
      onChange = listener;
      watcher = watchFolders(foldersOf(folder), () => void reload(), onWatchError);
    },
    whenIdle: () => enqueue(folder, async () => {}),
    close: () => watcher?.close(),
  };
}

/** The mistakes that an error stands for. A file that is removed while the folder is read is a mistake like others. */
function problemsOf(error: unknown, folder: string): readonly Problem[] {
  if (error instanceof DataError)
    return error.problems.map((problem) => ({ ...problem, file: publicPath(problem.file, folder) }));
  const { code, message } = error as NodeJS.ErrnoException;
  return [{ file: 'data', path: '', message: `cannot be read: ${code ?? message}` }];
}

/** A path from `data` on: where the folder is on this machine is nobody's business. */
const publicPath = (file: string, folder: string) =>
  file.startsWith(folder) ? join('data', relative(folder, file)) : file;

function fingerprintOf({ facts, questions, messages }: DataFiles): string {
  const hash = createHash('sha256');
  for (const { file, text } of [...facts, ...questions, ...messages])
    hash.update(`${file}:${text.length}:`).update(text);
  return hash.digest('base64url');
}
