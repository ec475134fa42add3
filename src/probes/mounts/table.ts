import type { Read } from '../../host/host.ts';
import { parseMountInfo } from '../procfs/mountinfo.ts';
import type { SharedReads } from '../shared-reads.ts';
import { MountTree } from './tree.ts';

/** mountinfo of a node with thousands of mounts takes megabytes. */
const MAX_BYTES = 16 << 20;

/** The host's mounts as its PID 1 sees them; as we see them ourselves where its table may not be read. */
export async function readMountTree({ host }: SharedReads): Promise<Read<MountTree>> {
  let read = await host.files.readText(host.proc('1/mountinfo'), { maxBytes: MAX_BYTES });
  if (!read.ok) read = await host.files.readText(host.proc('self/mountinfo'), { maxBytes: MAX_BYTES });
  return read.ok ? { ...read, value: new MountTree(parseMountInfo(read.value)) } : read;
}
