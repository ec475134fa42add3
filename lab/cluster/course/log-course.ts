import { readFileSync, statSync } from 'node:fs';
import { redact } from '../../../src/evidence/redact.ts';
import { harmless } from '../../../src/text/untrusted.ts';

/** Characters of a log that are kept: gzip makes a tenth of it. */
const KEPT = 300_000;

/** What a daemon has logged since. */
export class LogCourse {
  readonly #path: string;
  readonly #from: number;

  constructor(path: string) {
    this.#path = path;
    this.#from = statSync(path).size;
  }

  read(): string {
    return readFileSync(this.#path).subarray(this.#from).toString('utf8');
  }
}

/**
 * What a kubelet logs of the whole machine when it starts: disks, mounts, ids, names. Source: cadvisor's fs/fs.go and
 * manager/manager.go, pkg/kubelet/dockershim/docker_service.go of kubernetes v1.20.2.
 */
const INVENTORY = /\] (?:Filesystem (?:UUIDs|partitions): |(?:Machine|Version): \{|Docker Info: )/;

/** A log that is fit to be kept: without secrets or the machine's inventory, and of a long one start and end. */
export function keptLog(text: string, most = KEPT): string {
  const lines = text.split('\n').filter((line) => !INVENTORY.test(line));
  const safe = redact(harmless(lines.join('\n'), Number.POSITIVE_INFINITY));
  if (safe.length <= most) return safe;
  const half = Math.floor(most / 2);
  const start = safe.slice(0, safe.lastIndexOf('\n', half) + 1);
  const end = safe.slice(safe.indexOf('\n', safe.length - half) + 1);
  const left = safe.slice(start.length, safe.length - end.length).split('\n').length - 1;
  return `${start}... ${left} lines left out ...\n${end}`;
}
