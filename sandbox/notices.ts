/** Says on standard error what a bot asks of the sandbox in vain. Each thing is said once. */
export interface Notices {
  /** Something that Discord has and the sandbox does not, such as `polls` or `POST /channels/:id/threads`. */
  lacks(what: string): void;
  /** A field of a request that has no effect. */
  ignores(field: string, route: string): void;
}

/** Creates notices that are written by `warn`. */
export function createNotices(warn: (line: string) => void): Notices {
  const said = new Set<string>();
  const say = (line: string) => {
    if (said.has(line)) return;
    said.add(line);
    warn(line);
  };
  return {
    lacks: (what) => say(`the sandbox has no ${what}`),
    ignores: (field, route) => say(`the sandbox ignores ${field} in ${route}`),
  };
}
