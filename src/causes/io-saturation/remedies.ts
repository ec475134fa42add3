import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { shellWord } from '../../text/shell.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { cgroupPath } from '../support/cgroup-files.ts';
import { isCgroupV2 } from '../support/host.ts';
import { nameOf } from '../support/names.ts';
import { reboot, restartRuntime } from '../support/remedies.ts';
import { evictPods, LONGER_TIMEOUT } from '../support/resource-remedies.ts';
import { say } from '../support/say.ts';

/** What makes the disk answer in time here, then what does not. */
export function ioRemedies(view: CaseView, { subjects }: Assessment): readonly Remedy[] {
  const ceilings = subjects.flatMap((id) => view.about(id, 'cgroup-io').flatMap((o) => liftCommands(view, o)));
  const devices = subjects.filter((id) => id.startsWith('device:')).map((id) => nameOf(view, id));
  return [
    ...(ceilings.length > 0 ? [liftCeiling(ceilings.join('; '))] : []),
    LESS_IO,
    ...devices.slice(0, 1).map((d) => fasterDisk(d)),
    ...USELESS,
  ];
}

/** The commands that take every ceiling of a cgroup on a disk away. */
function liftCommands(view: CaseView, { about, fact }: Observation<'cgroup-io'>): readonly string[] {
  const cgroup = about.find((id) => id.startsWith('cgroup:'));
  if (cgroup === undefined) return [];
  const path = cgroupPath(cgroup);
  if (isCgroupV2(view)) {
    const file = shellWord(`/sys/fs/cgroup${path}/io.max`);
    return [`echo ${shellWord(`${fact.device} rbps=max wbps=max riops=max wiops=max`)} > ${file}`];
  }
  const set: readonly (readonly [number | null, string])[] = [
    [fact.readBps, 'read_bps_device'],
    [fact.writeBps, 'write_bps_device'],
    [fact.readIops, 'read_iops_device'],
    [fact.writeIops, 'write_iops_device'],
  ];
  return set
    .filter(([limit]) => limit !== null)
    .map(
      ([, file]) =>
        `echo ${shellWord(`${fact.device} 0`)} > ${shellWord(`/sys/fs/cgroup/blkio${path}/blkio.throttle.${file}`)}`,
    );
}

function liftCeiling(command: string): Remedy {
  return {
    action: 'lift-io-ceiling',
    title: say('Lift the I/O ceiling of the daemon’s cgroup', '取消守护进程 cgroup 的 I/O 限速'),
    works: true,
    why: say(
      'The ceiling, not the disk, is what it waits for; requests held back go out at once.',
      '让它等待的是限速而不是磁盘：取消后被压住的请求立即下发。',
    ),
    command,
    risk: say(
      'The daemon may crowd out the pods’ I/O. Holds until the next start; change IOReadBandwidthMax and the like in its unit to keep it.',
      '守护进程可能挤占 Pod 的 I/O。只到下次启动为止，要长期生效请修改 unit 中的 IOReadBandwidthMax 等配置。',
    ),
  };
}

const LESS_IO = evictPods(
  say(
    'With fewer requests queued before them those of the runtime are answered sooner. Find who does the most I/O with: pidstat -d 1 5 (or iotop -oPa)',
    '排在前面的请求少了，运行时的请求就能更快完成。查找 I/O 最多的进程：pidstat -d 1 5（或 iotop -oPa）',
  ),
);

function fasterDisk(disk: string): Remedy {
  return {
    action: 'separate-disk',
    title: say(`Take the load off disk ${disk}, or give it more IOPS`, `减轻磁盘 ${disk} 的负载，或提升其 IOPS`),
    works: true,
    why: say(
      'Cloud disks are capped by size and burst credits: a larger or faster volume, or a disk of its own for the runtime’s data, ends the queue.',
      '云盘的 IOPS 受容量和突发额度限制：扩容、换更快的盘，或给运行时数据单独一块盘，即可消除排队。',
    ),
    command: null,
    risk: say('Moving the data directory needs the runtime stopped.', '迁移数据目录需要停止运行时。'),
  };
}

const USELESS: readonly Remedy[] = [
  restartRuntime(null, {
    works: false,
    why: say(
      'Starting reads the state of every container from the same disk, on top of the load that is there.',
      '启动时要从同一块盘读取所有容器的状态，只会加重现有负载。',
    ),
  }),
  {
    action: 'kill-waiting-threads',
    title: say('Kill what waits in D', '杀掉处于 D 状态的进程'),
    works: false,
    why: say(
      'They are the ones that wait, not the ones that load the disk, and they take the signal only when their request is done.',
      '它们是等待者，不是制造负载的一方；而且要等请求完成后才会接收信号。',
    ),
    command: null,
    risk: say('Ends daemons or workloads for nothing.', '白白终止守护进程或业务。'),
  },
  LONGER_TIMEOUT,
  {
    ...reboot(
      say(
        'The same workloads load the same disk again, and all start at once.',
        '同样的业务会再次压满同一块盘，而且是同时启动。',
      ),
    ),
    works: false,
  },
];

/** For `explain`, where no case is at hand. */
export const GENERAL_IO_REMEDIES: readonly Remedy[] = [
  liftCeiling('systemctl set-property --runtime UNIT.service IOReadBandwidthMax= IOWriteBandwidthMax='),
  LESS_IO,
  fasterDisk('DISK'),
  ...USELESS,
];
