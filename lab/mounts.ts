import { readFileSync } from 'node:fs';
import { readOr } from './processes.ts';

export interface Mount {
  readonly mountPoint: string;
  /** `major:minor` */
  readonly device: string;
  readonly fsType: string;
  readonly source: string;
  readonly superOptions: readonly string[];
}

/** /proc/PID/mountinfo, proc_pid_mountinfo(5). Later lines lie over earlier ones. */
export function parseMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [front, back] = line.split(' - ');
    const device = front?.split(' ')[2];
    const mountPoint = front?.split(' ')[4];
    const [fsType, source, options] = back?.split(' ') ?? [];
    if (!device || !mountPoint || !fsType || source === undefined) return [];
    return [
      {
        device,
        mountPoint: decodeOctal(mountPoint),
        fsType,
        source: decodeOctal(source),
        superOptions: (options ?? '').split(','),
      },
    ];
  });
}

export function readMounts(): Mount[] {
  return parseMountinfo(readFileSync('/proc/self/mountinfo', 'utf8'));
}

/** The topmost mount exactly at this path. */
export function mountAt(path: string): Mount | null {
  return readMounts().findLast((m) => m.mountPoint === path) ?? null;
}

/** Mounts at a folder or below it, the innermost first. */
export function mountsBelow(folder: string): Mount[] {
  return readMounts()
    .filter((m) => m.mountPoint === folder || m.mountPoint.startsWith(`${folder}/`))
    .reverse();
}

/** The file behind a loop device such as `/dev/loop0`; null for any other device. */
export function backingFile(device: string): string | null {
  const name = /^\/dev\/(loop\d+)$/.exec(device)?.[1];
  if (name === undefined) return null;
  return readOr(`/sys/block/${name}/loop/backing_file`, '').trim() || null;
}

function decodeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
