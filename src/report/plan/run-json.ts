import type { Entry } from '../../remedy/journal/entry.ts';
import type { RunResult } from '../../remedy/run/deps.ts';
import type { Lang } from '../../text/text.ts';
import { jsonSchemaText } from '../json-schema-text.ts';
import { RESULT_WORDS } from './news.ts';
import { RUN_SCHEMA_VERSION, type RunJson, runJsonSchema } from './run-schema.ts';

export interface RunTold {
  readonly node: string;
  readonly run: string;
  readonly result: RunResult;
  readonly journal: string;
  readonly evidence: readonly string[];
  /** Of this run. */
  readonly entries: readonly Entry[];
}

/** @param tool who did it */
export function runJson(told: RunTold, lang: Lang, tool: RunJson['tool']): RunJson {
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    tool,
    lang,
    node: told.node,
    run: told.run,
    result: told.result,
    summary: RESULT_WORDS[told.result][lang],
    journal: told.journal,
    evidence: [...told.evidence],
    entries: told.entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
  };
}

/** The JSON Schema of how a run went, as published in schema/remediation.schema.json. */
export function runSchemaText(): string {
  return jsonSchemaText(runJsonSchema, {
    title: 'notready remediation',
    description: `What \`notready remediate --yes -o json\` prints, schemaVersion ${RUN_SCHEMA_VERSION}.`,
  });
}
