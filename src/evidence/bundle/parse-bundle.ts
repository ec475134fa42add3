import type { Text } from '../../text/text.ts';
import type { CaseFile } from '../case-file.ts';
import { entitySchema, linkSchema } from '../entity.ts';
import { observationSchema } from '../observation.ts';
import { sourceSchema } from '../source.ts';
import { checkReferences } from './check-references.ts';
import { type BundleLimits, MANIFEST, README, TABLES, type Table, tableFile } from './format.ts';
import { parseManifest } from './parse-manifest.ts';
import { parseRecords } from './records.ts';
import { quote } from './refusal.ts';

/** Files that mean something in a bundle; others are ignored with a note. */
export const KNOWN_FILES: ReadonlySet<string> = new Set([README, MANIFEST, ...TABLES.map(tableFile)]);

/**
 * The case file out of a bundle's files.
 * @param where the bundle's path, for messages
 * @throws UserError that names file and line
 */
export function parseBundle(
  where: string,
  files: ReadonlyMap<string, Buffer>,
  limits: BundleLimits,
  onNote: (note: Text) => void,
): CaseFile {
  const manifest = parseManifest(where, files);
  noteIgnored(
    [...files.keys()].filter((name) => !KNOWN_FILES.has(name)),
    onNote,
  );
  const table = (name: Table): [[string, string], Buffer] => [
    [where, tableFile(name)],
    files.get(tableFile(name)) ?? Buffer.alloc(0),
  ];
  const caseFile: CaseFile = {
    formatVersion: manifest.formatVersion,
    tool: manifest.tool,
    examined: manifest.examined,
    sources: parseRecords(...table('sources'), sourceSchema, limits),
    entities: parseRecords(...table('entities'), entitySchema, limits),
    links: parseRecords(...table('links'), linkSchema, limits),
    observations: parseRecords(...table('observations'), observationSchema, limits),
  };
  checkReferences(where, caseFile);
  return caseFile;
}

function noteIgnored([first, ...rest]: readonly string[], onNote: (note: Text) => void): void {
  if (first === undefined) return;
  const more = rest.length;
  onNote(
    more === 0
      ? { en: `ignored ${quote(first)}, which no bundle has`, zh: `已忽略病例包之外的文件 ${quote(first)}` }
      : {
          en: `ignored ${quote(first)} and ${more} more files that no bundle has`,
          zh: `已忽略病例包之外的文件 ${quote(first)} 等 ${more + 1} 个`,
        },
  );
}
