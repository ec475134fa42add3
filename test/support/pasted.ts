import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import { readLogsCase } from '../../src/logs/read-case.ts';

/** The diagnosis of texts as someone pastes them, each a file of its own. */
export async function diagnosePasted(...texts: readonly string[]): Promise<Diagnosis> {
  const { caseFile } = await readLogsCase({
    inputs: texts.map((_, i) => `text-${i}`),
    scan: async ({ inputs }) =>
      inputs.map((file, i) => {
        const whole = texts[i] ?? '';
        const position = { file, line: 1, offset: 0 };
        const head = [{ text: whole.split('\n')[0] ?? '', position }];
        const bytes = Buffer.byteLength(whole);
        return {
          file,
          foundIn: null,
          modifiedAt: null,
          bytes,
          lines: whole.split('\n').length,
          head,
          tail: [],
          whole,
          problem: null,
        };
      }),
    askedAt: Date.UTC(2026, 10, 24, 12),
    toolVersion: '0',
  });
  return diagnose(caseFile);
}

/** The states of a chain, root first. */
export function statesOf({ chain }: Diagnosis): readonly string[] {
  return chain.map((link) => link.state);
}
