import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Outcome } from './run-cases.ts';

/** The result that is committed: ids and verdicts, nothing of what the cases say. */
export const LAST_RESULT = fileURLToPath(new URL('./last.json', import.meta.url));

const keptSchema = z.object({
  verdict: z.string().nullable(),
  status: z.string().nullable(),
  confidence: z.number().nullable(),
  right: z.boolean(),
  rightInTopThree: z.boolean(),
  plain: z.array(z.string()),
});
type Kept = z.infer<typeof keptSchema>;
const resultSchema = z.record(z.string(), keptSchema);
export type Result = z.infer<typeof resultSchema>;

export function toResult(outcomes: readonly Outcome[]): Result {
  return Object.fromEntries(outcomes.map((outcome) => [outcome.of.id, keep(outcome)]));
}

function keep({ score, plain }: Outcome): Kept {
  const { verdict, status, confidence, right, rightInTopThree } = score;
  return { verdict, status, confidence, right, rightInTopThree, plain: [...plain.reasons] };
}

/** Empty where there is none yet. */
export function readResult(file: string): Result {
  try {
    return resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Cases that were not run now, as where a folder is absent, keep what they had. */
export function writeResult(file: string, before: Result, now: Result): void {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  const lines = ids.map((id) => `  ${JSON.stringify(id)}: ${JSON.stringify(now[id] ?? before[id])}`);
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}

/** What is otherwise than it was, a line each; what became wrong first. */
export function changes(before: Result, now: Result): string[] {
  const lines = Object.entries(now).flatMap(([id, is]) => {
    const was = before[id];
    if (was === undefined) return [{ rank: 3, line: `new    ${id}: ${told(is)}` }];
    if (told(was) === told(is) && was.right === is.right) return [];
    const [rank, what] = was.right === is.right ? [2, 'other '] : is.right ? [1, 'better'] : [0, 'WORSE '];
    return [{ rank, line: `${what} ${id}: ${told(was)} -> ${told(is)}` }];
  });
  return lines.toSorted((a, b) => a.rank - b.rank).map((l) => l.line);
}

function told({ verdict, status, confidence }: Kept): string {
  return verdict === null ? 'nothing wrong' : `${verdict} (${status} ${confidence?.toFixed(2)})`;
}
