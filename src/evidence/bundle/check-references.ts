import type { CaseFile } from '../case-file.ts';
import { type Table, tableFile } from './format.ts';
import { atLine } from './records.ts';
import { quote, refuse } from './refusal.ts';

/**
 * Every id is there once, and every id spoken of is there.
 * @throws UserError with the line at fault
 */
export function checkReferences(path: string, caseFile: CaseFile): void {
  const sources = uniqueIds(path, 'sources', caseFile.sources);
  const entities = uniqueIds(path, 'entities', caseFile.entities);
  uniqueIds(path, 'observations', caseFile.observations);
  for (const [i, { id, kind }] of caseFile.entities.entries()) {
    if (!id.startsWith(`${kind}:`)) {
      throw refuse(atLine([path, tableFile('entities')], i + 1), {
        en: `the id ${quote(id)} is not of the kind ${kind}`,
        zh: `id ${quote(id)} 与类型 ${kind} 不符`,
      });
    }
  }
  for (const [i, { from, to }] of caseFile.links.entries()) {
    for (const id of [from, to]) mustBeKnown(path, 'links', i, entities, id);
  }
  for (const [i, { source, about }] of caseFile.observations.entries()) {
    mustBeKnown(path, 'observations', i, sources, source);
    for (const id of about) mustBeKnown(path, 'observations', i, entities, id);
  }
}

function uniqueIds(path: string, table: Table, records: readonly { readonly id: string }[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [i, { id }] of records.entries()) {
    if (ids.has(id)) {
      throw refuse(atLine([path, tableFile(table)], i + 1), {
        en: `the id ${quote(id)} is given twice`,
        zh: `id ${quote(id)} 重复`,
      });
    }
    ids.add(id);
  }
  return ids;
}

function mustBeKnown(path: string, table: Table, index: number, known: ReadonlySet<string>, id: string): void {
  if (known.has(id)) return;
  throw refuse(atLine([path, tableFile(table)], index + 1), {
    en: `speaks of ${quote(id)}, which is not in the bundle`,
    zh: `引用了病例包中不存在的 ${quote(id)}`,
  });
}
