import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../../lab/lab.ts';
import { run } from '../../lab/run.ts';
import type { RunJson } from '../../src/report/plan/run-schema.ts';

const BIN = join(import.meta.dirname, '../../bin/notready');

/** `notready remediate ... -o json` on the lab's runtimes, with an audit log of the lab's own. */
export async function remediate<T>(
  lab: Lab,
  endpoints: readonly string[],
  args: readonly string[],
  timeoutMs = 110_000,
): Promise<{ readonly code: number | null; readonly json: T }> {
  const flags = endpoints.flatMap((e) => ['--runtime-endpoint', e]);
  const files = ['--journal', join(lab.folder, 'remedy/journal.jsonl')];
  const ran = await run([BIN, 'remediate', ...args, ...flags, ...files, '-o', 'json'], { timeoutMs });
  assert.notEqual(ran.stdout, '', ran.stderr);
  return { code: ran.code, json: JSON.parse(ran.stdout) as T };
}

/** Flags by which these acts may be done unattended. */
export function policyFlags(lab: Lab, ...allow: readonly string[]): readonly string[] {
  const file = join(lab.folder, 'policy.yaml');
  writeFileSync(file, `version: 1\nallow: [${allow.join(', ')}]\nproof: { relists: 3 }\ncoolDown: 1ms\n`);
  return ['--yes', '--policy', file];
}

/** The steps that were begun, in order. */
export function begun({ entries }: RunJson): readonly unknown[] {
  return entries.filter((e) => e.type === 'begin').map((e) => e.step);
}
