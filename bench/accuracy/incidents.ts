import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readLogsCase } from '../../src/logs/read-case.ts';
import { scanLogs } from '../../src/logs/scan/scan-logs.ts';
import { readText } from '../../src/logs/text-reader.ts';
import type { AccuracyCase, CaseInHand } from './accuracy-case.ts';

/** An incident as somebody published it, in the fields that count here. */
const incidentSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  evidence: z.array(z.object({ text: z.string() })).min(1),
  root_cause: z.string(),
  accept: z.array(z.string()).nullish(),
  symptom_only: z.boolean(),
});
type Incident = z.infer<typeof incidentSchema>;

/**
 * The incidents of a folder, a YAML file each; null where there is no such folder.
 * @throws Error for a file that is no incident: a case that is left out silently would flatter us
 */
export function readIncidents(folder: string): AccuracyCase[] | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.toSorted().map((name) => toAccuracyCase(join(folder, name)));
}

function toAccuracyCase(file: string): AccuracyCase {
  const parsed = incidentSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${basename(file)} is no incident: ${z.prettifyError(parsed.error)}`);
  const { id, root_cause: cause, accept, symptom_only: symptomOnly } = parsed.data;
  const read = () => readTexts(parsed.data);
  return { id, set: 'incidents', truth: { cause, accept: accept ?? [], symptomOnly }, read };
}

/** As `diagnose --logs FILE...` reads them, a file each; their kinds are not told. */
async function readTexts({ evidence }: Incident): Promise<CaseInHand> {
  const folder = mkdtempSync(join(tmpdir(), 'notready-accuracy-'));
  try {
    const inputs = evidence.map(({ text }, i) => {
      const file = join(folder, `${i + 1}.txt`);
      writeFileSync(file, text);
      return file;
    });
    const read = await readLogsCase({ inputs, scan: scanLogs, askedAt: Date.now(), toolVersion: '0' });
    return { caseFile: read.caseFile, messages: evidence.flatMap(({ text }) => messagesOf(text)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function messagesOf(text: string): readonly string[] {
  const read = readText(text, 'text', { now: Date.now(), years: 'past', zone: 0 });
  return [...read.lines.map((l) => l.message), ...read.kernel.map((l) => l.text)];
}
