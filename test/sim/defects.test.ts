import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { DEFECTS } from '../../sim/defects.ts';

/** A busy machine needs a minute for 200 seeds. */
const LIMIT_MS = 180_000;

/** Runs the simulation on sources with a deliberate fault. */
const runWith = (defect: string) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    const args = [
      '--disable-warning=ExperimentalWarning',
      'sim/main.ts',
      '--defect',
      defect,
      '--seeds',
      '200',
    ];
    execFile(process.execPath, args, { timeout: LIMIT_MS }, (error, output) =>
      resolve({ code: error?.code ?? 0, output }),
    );
  });

test.each(Object.keys(DEFECTS))(
  'the simulation finds the deliberate fault "%s" within 200 seeds',
  async (name) => {
    const { code, output } = await runWith(name);
    expect(code).toBe(1);
    expect(output).toMatch(/^FAILED: seed \d+$/m);
    expect(output).toContain(`--defect ${name}`);
  },
  LIMIT_MS,
);
