import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, type Statement, state } from './block.ts';

const MAX_ROWS = 5000;
// `grep ID /proc/*/mountinfo`, with or without -n: `/proc/22283/mountinfo:50:386 542 0:92 / /data/.../merged rw,relatime - overlay overlay rw`
const MOUNTINFO =
  /^\s*\/proc\/(\d{1,8})\/(?:task\/\d{1,8}\/)?mountinfo:(?:\d{1,7}:)?\d{1,9} \d{1,9} \d{1,6}:\d{1,8} \S{1,4000} (\/\S{0,4000}) .{0,400}? - (\S{1,40}) /;
// `grep ID /proc/*/mounts`: `/proc/22283/mounts:overlay /data/.../merged overlay rw 0 0`
const MOUNTS = /^\s*\/proc\/(\d{1,8})\/mounts:(?:\d{1,7}:)?\S{1,400} (\/\S{0,4000}) (\S{1,40}) \S/;

/** Who else has a mount: what people find by grep over all processes when a removal fails with EBUSY. Source: proc_pid_mountinfo(5). */
export const readMountHolders: BlockReader = (lines, start) => {
  const statements: Statement[] = [];
  for (const line of lines.slice(start, start + MAX_ROWS)) {
    const [, pid, mountPoint = '', fsType = ''] = MOUNTINFO.exec(line) ?? MOUNTS.exec(line) ?? [];
    if (pid === undefined) break;
    const fact: FactOf<'mount-holder'> = { type: 'mount-holder', pid: Number(pid), mountPoint, fsType };
    statements.push(state(fact, [entityId.process(fact.pid)]));
  }
  return statements.length === 0 ? null : { kind: 'mount-list', taken: statements.length, statements };
};
