import { readFileSync } from 'node:fs';
import { homedir, hostname, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CaseFile } from '../src/evidence/case-file.ts';
import { entityId } from '../src/evidence/entity.ts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/**
 * A case file without what belongs to the machine it was recorded on: names, paths, the command line of PID 1. What
 * the lab made stays, under `/lab`.
 */
export function makeImpersonal(caseFile: CaseFile, labFolder: string): CaseFile {
  const init = commOf(1);
  const kernel = release();
  const swaps: readonly (readonly [string, string])[] = [
    [process.env.PATH ?? '', '/usr/sbin:/usr/bin'],
    [labFolder, '/lab'],
    [labFolder.slice(labFolder.lastIndexOf('/') + 1), 'lab'],
    [CHECKOUT, '/opt/notready'],
    [init, 'init'],
    [homedir(), '/home/operator'],
    // Of `6.18.44-vendor-12` the number says all that a diagnosis asks.
    [kernel, kernel.replace(/^(\d+\.\d+\.\d+).*/, '$1')],
  ];
  const text = swaps.reduce((json, [from, to]) => replaceAll(json, from, to), JSON.stringify(caseFile));
  return hideOthers(JSON.parse(text) as CaseFile, hostname());
}

function replaceAll(json: string, from: string, to: string): string {
  return from.length < 4 ? json : json.replaceAll(inJson(from), inJson(to));
}

/** As it stands inside a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * What cannot be replaced as text: a host may be called `vm`, and of the programs that are neither the lab's nor a
 * container's nobody needs the arguments.
 */
function hideOthers(caseFile: CaseFile, host: string): CaseFile {
  const contained = new Set(caseFile.links.filter((l) => l.rel === 'in-container').map((l) => l.from));
  for (const entity of caseFile.entities) if (entity.kind === 'node' && entity.name === host) entity.name = 'lab-node';
  for (const { fact } of caseFile.observations) {
    if (fact.type === 'host') fact.hostname = 'lab-node';
    if (fact.type !== 'process' || contained.has(entityId.process(fact.pid))) continue;
    if (fact.cmdline !== null && !fact.cmdline.includes('/lab/')) fact.cmdline = fact.comm;
  }
  return caseFile;
}

function commOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}
