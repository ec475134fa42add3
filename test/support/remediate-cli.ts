import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../../lab/lab.ts';
import { run } from '../../lab/run.ts';
import { until } from '../../lab/wait.ts';
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
  const files = ['--journal', journalOf(lab)];
  const ran = await run([BIN, 'remediate', ...args, ...flags, ...files, '-o', 'json'], { timeoutMs });
  assert.notEqual(ran.stdout, '', ran.stderr);
  return { code: ran.code, json: JSON.parse(ran.stdout) as T };
}

/** Starts the same and kills it with SIGKILL as soon as its audit log says so, as a power cut would. */
export async function killRemediate(
  lab: Lab,
  endpoints: readonly string[],
  args: readonly string[],
  when: (journal: string) => boolean,
): Promise<void> {
  const flags = endpoints.flatMap((e) => ['--runtime-endpoint', e]);
  const said = untilLogged(lab, when);
  const child = spawn(BIN, ['remediate', ...args, ...flags, '--journal', journalOf(lab)], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await said;
  child.kill('SIGKILL');
  await ended;
}

/** Waits until the audit log says something new. @param when given what was written since the call */
export async function untilLogged(lab: Lab, when: (journal: string) => boolean): Promise<void> {
  const journal = journalOf(lab);
  const before = existsSync(journal) ? readFileSync(journal, 'utf8').length : 0;
  await until(
    { en: 'the audit log to say so', zh: '审计日志出现该记录' },
    async () => (existsSync(journal) && when(readFileSync(journal, 'utf8').slice(before)) ? true : null),
    60_000,
    10,
  );
}

function journalOf(lab: Lab): string {
  return join(lab.folder, 'remedy/journal.jsonl');
}

/** Flags by which these acts may be done unattended. */
export function policyFlags(lab: Lab, ...allow: readonly string[]): readonly string[] {
  return policy(lab, allow, '');
}

/** @param more lines of the policy, as YAML; they go before what is set here for the sake of speed */
export function policy(lab: Lab, allow: readonly string[], more: string): readonly string[] {
  const file = join(lab.folder, 'policy.yaml');
  const brisk = ['proof: { relists: 3 }', 'coolDown: 1ms'].filter((line) => !more.includes(`${line.split(':')[0]}:`));
  writeFileSync(file, ['version: 1', `allow: [${allow.join(', ')}]`, ...brisk, more].join('\n'));
  return ['--yes', '--policy', file];
}

/** The steps that were begun, in order. */
export function begun({ entries }: RunJson): readonly unknown[] {
  return entries.filter((e) => e.type === 'begin').map((e) => e.step);
}
