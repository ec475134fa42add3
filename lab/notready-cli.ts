import { fileURLToPath } from 'node:url';
import type { DiagnosisJson } from '../src/report/schema.ts';
import { LabError } from './errors.ts';
import { type Ran, run } from './run.ts';

const BIN = fileURLToPath(new URL('../bin/notready', import.meta.url));

export interface Diagnosed {
  readonly exitCode: number | null;
  readonly json: DiagnosisJson;
  readonly tookMs: number;
}

/** `notready diagnose -o json` on these endpoints, by the command line alone. @throws LabError when it gives no JSON */
export async function diagnose(endpoints: readonly string[]): Promise<Diagnosed> {
  const startedAt = Date.now();
  const ran = await notready(['diagnose', ...endpointFlags(endpoints), '-o', 'json', '--lang', 'en']);
  const tookMs = Date.now() - startedAt;
  try {
    return { exitCode: ran.code, json: JSON.parse(ran.stdout) as DiagnosisJson, tookMs };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const words = ran.stderr.trim().split('\n').slice(0, 5).join('\n') || `exit code ${ran.code}`;
    throw new LabError({
      en: `notready diagnose gave no JSON: ${words}`,
      zh: `notready diagnose 没有给出 JSON：${words}`,
    });
  }
}

/** The same as a person reads it. */
export async function report(endpoints: readonly string[], lang: string): Promise<string> {
  return (await notready(['diagnose', ...endpointFlags(endpoints), '--lang', lang])).stdout;
}

/** `notready collect`: a bundle of what is so now. */
export async function collect(endpoints: readonly string[], file: string): Promise<void> {
  const ran = await notready(['collect', ...endpointFlags(endpoints), '-o', file]);
  if (ran.code === 0 || ran.code === 1) return;
  throw new LabError({
    en: `notready collect failed: ${ran.stderr.trim()}`,
    zh: `notready collect 失败：${ran.stderr.trim()}`,
  });
}

export function notready(args: readonly string[]): Promise<Ran> {
  return run([BIN, ...args], { timeoutMs: 60_000 });
}

function endpointFlags(endpoints: readonly string[]): string[] {
  return endpoints.flatMap((e) => ['--runtime-endpoint', e]);
}
