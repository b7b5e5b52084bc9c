/** A deliberate fault: a change of one place in one file. */
export interface Defect {
  file: string;
  from: string;
  to: string;
}

/** The deliberate faults that the simulation must find, by what they break. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  ledger: {
    file: 'src/delivery/ledger.ts',
    from: "records?.[key]?.state === 'posted' && record.state !== 'posted'",
    to: "record.state === 'posted'",
  },
  nonce: {
    file: 'src/delivery/ledger.ts',
    from: "createHash('sha256').update(key)",
    to: "createHash('sha256').update(key + Math.random())",
  },
  schedule: {
    file: 'src/countdown/schedule.ts',
    from: 'const newest = dueNow.at(-1);',
    to: 'const newest = dueNow.at(0);',
  },
  classification: {
    file: 'src/discord/rest/errors.ts',
    from: "if (error instanceof HTTPError) return { kind: 'retry',",
    to: "if (error instanceof HTTPError) return { kind: 'rejected', reason: 'invalid',",
  },
};
