import { fileURLToPath } from 'node:url';
import type { DiagnosisJson } from '../src/report/schema.ts';
import type { Lang } from '../src/text/text.ts';
import { LabError } from './errors.ts';
import { type Ran, run } from './run.ts';
import type { Staged } from './scenario.ts';

const BIN = fileURLToPath(new URL('../bin/notready', import.meta.url));

/** Where notready is to look, and what it is run under. */
export type Where = Pick<Staged, 'endpoints' | 'under'>;

export interface Diagnosed {
  readonly exitCode: number | null;
  readonly json: DiagnosisJson;
  /** As it was printed. */
  readonly text: string;
  readonly tookMs: number;
}

/**
 * `notready diagnose -o json` of a fault, by the command line alone.
 * @param save where to keep what it saw, as a bundle
 * @param lang of its sentences
 * @throws LabError when it gives no JSON
 */
export function diagnose(where: Where, save?: string, lang: Lang = 'en'): Promise<Diagnosed> {
  return diagnosed([...endpointFlags(where), ...(save === undefined ? [] : ['--save', save])], where.under, lang);
}

/** The same from a bundle. @throws LabError when it gives no JSON */
export function diagnoseBundle(file: string): Promise<Diagnosed> {
  return diagnosed(['--bundle', file]);
}

async function diagnosed(flags: readonly string[], under?: readonly string[], lang: Lang = 'en'): Promise<Diagnosed> {
  const startedAt = Date.now();
  const ran = await notready(['diagnose', ...flags, '-o', 'json', '--lang', lang], under);
  const tookMs = Date.now() - startedAt;
  try {
    return { exitCode: ran.code, json: JSON.parse(ran.stdout) as DiagnosisJson, text: ran.stdout, tookMs };
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
export async function report(where: Where, lang: string): Promise<string> {
  return (await notready(['diagnose', ...endpointFlags(where), '--lang', lang], where.under)).stdout;
}

/** `notready collect`: a bundle of what is so now. */
export async function collect(where: Where, file: string): Promise<void> {
  const ran = await notready(['collect', ...endpointFlags(where), '-o', file], where.under);
  if (ran.code === 0 || ran.code === 1) return;
  throw new LabError({
    en: `notready collect failed: ${ran.stderr.trim()}`,
    zh: `notready collect 失败：${ran.stderr.trim()}`,
  });
}

function notready(args: readonly string[], under: readonly string[] = []): Promise<Ran> {
  const [program = BIN, ...rest] = [...under, BIN, ...args];
  return run([program, ...rest], { timeoutMs: 60_000 });
}

function endpointFlags({ endpoints }: Where): string[] {
  return endpoints.flatMap((e) => ['--runtime-endpoint', e]);
}
