/** A line of /proc/PID/mountinfo, proc_pid_mountinfo(5). Paths are as the process sees them. */
export interface MountInfo {
  readonly id: number;
  readonly parentId: number;
  /** `7:0`; st_dev of the files on it. */
  readonly majorMinor: string;
  /** The directory of the filesystem that is mounted here: not `/` for bind mounts. */
  readonly root: string;
  readonly mountPoint: string;
  /** Of this mount. */
  readonly options: readonly string[];
  readonly fsType: string;
  readonly source: string;
  /** Of the filesystem itself. */
  readonly superOptions: readonly string[];
}

/** @param text lines of mountinfo, in their order: of two mounts on one point the later covers the former. Others are left out. */
export function parseMountInfo(text: string): MountInfo[] {
  return text
    .split('\n')
    .map(parseLine)
    .filter((mount) => mount !== null);
}

function parseLine(line: string): MountInfo | null {
  const fields = line.split(' ');
  // Between the options and the `-` stand any number of optional fields (shared:1 master:2).
  const dash = fields.indexOf('-', 6);
  const [id, parentId, majorMinor, root, mountPoint, options] = fields;
  const [fsType, source, superOptions] = fields.slice(dash + 1);
  if (dash < 0 || !majorMinor || !root || !mountPoint || !options || !fsType || source === undefined) return null;
  if (!/^\d+:\d+$/.test(majorMinor)) return null;
  return {
    id: Number(id),
    parentId: Number(parentId),
    majorMinor,
    root: unescapePath(root),
    mountPoint: unescapePath(mountPoint),
    options: options.split(','),
    fsType: unescapePath(fsType),
    source: unescapePath(source),
    superOptions: superOptions === undefined ? [] : unescapePath(superOptions).split(','),
  };
}

/** The kernel writes blank, tab, newline, `#` and backslash as octal (`\040`): fs/proc_namespace.c, mangle. */
function unescapePath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
