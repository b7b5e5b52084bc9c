import type { Result } from './run-bot.ts';
import { STEPS } from './steps.ts';

/** Returns results as a Markdown table: library × what works. */
export function formatTable(results: readonly Result[]): string {
  const head = ['', ...STEPS.keys()];
  const rows = results.map(({ name, failures }) => [
    name,
    ...[...STEPS.keys()].map((step) => (failures.has(step) ? '**no**' : 'yes')),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
