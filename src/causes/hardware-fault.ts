import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import type { Assessment, Cause, Effect, Evidence, Remedy } from './cause.ts';
import { cite, type Held, held, notSeen, weigh } from './support/assessment.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { freshKernel, type KernelLine, quietKernel, quoteKernel } from './support/kernel-word.ts';
import { connected } from './support/kin.ts';
import { lacking } from './support/lacking.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';

const REMEDIES: readonly Remedy[] = [
  {
    action: 'drain-node',
    title: say('Drain the node and take it out of service', 'drain 节点并下线'),
    works: true,
    why: say(
      'Failing memory gives wrong data, a failing disk loses it: get the pods away first.',
      '故障内存会产生错误数据，故障磁盘会丢失数据：先把 Pod 迁走。',
    ),
    command: 'kubectl drain NODE --ignore-daemonsets --delete-emptydir-data',
    risk: say('Ends the pods here; data of emptyDir volumes is lost.', '会终止本节点上的 Pod；emptyDir 的数据会丢失。'),
  },
  {
    action: 'replace-hardware',
    title: say('Replace the part', '更换部件'),
    works: true,
    why: say(
      'The kernel names it: memory controller and slot (EDAC), disk, PCIe address. In a cloud replace the machine.',
      '内核会指明部件：内存控制器与插槽（EDAC）、磁盘、PCIe 地址。云上则直接更换机器。',
    ),
    command: null,
    risk: say('Take a backup of the disk while it still reads.', '趁磁盘还能读取，先备份。'),
  },
  reboot(
    say(
      'Puts bad pages and a lost device aside for a time; the fault is still there.',
      '可暂时避开坏页、找回丢失的设备；但故障依旧。',
    ),
  ),
  restartRuntime(null, { works: false, why: say('The hardware stays as it is.', '硬件问题依旧。') }),
  restartKubelet(null, { works: false, why: say('The hardware stays as it is.', '硬件问题依旧。') }),
];

/** A disk in trouble of its own concerns the filesystems on it; where no device is known, the kernel's line is all there is. */
const onTheDisk: NonNullable<Effect['links']> = (from, to, view) =>
  connected(view, from, to) || !from.subjects.some((id) => id.startsWith('device:'));

/** Machine checks, failing memory, disk or bus. */
export const hardwareFault: Cause = {
  id: 'hardware-fault',
  title: say('Hardware fails: memory, disk, bus or CPU', '硬件故障：内存、磁盘、总线或 CPU'),
  assess,
  leadsTo: [
    {
      state: 'storage-unresponsive',
      mechanism: say(
        'A disk that cannot read tries again for seconds to minutes, and in the end fails the request.',
        '磁盘读取失败会重试数秒到数分钟，最后让请求失败。',
      ),
      reference: HOST_REFERENCES.diskRetries,
      links: onTheDisk,
    },
    {
      state: 'io-saturation',
      mechanism: say('Each retry holds up what is queued behind it.', '每次重试都会堵住后面排队的请求。'),
      reference: HOST_REFERENCES.diskRetries,
      links: onTheDisk,
    },
    {
      state: 'runtime-down',
      mechanism: say(
        'Whoever touches a poisoned page is killed with SIGBUS.',
        '访问损坏内存页的进程会被 SIGBUS 杀死。',
      ),
      reference: HOST_REFERENCES.memoryFailure,
    },
    {
      state: 'kubelet-down',
      mechanism: say(
        'Whoever touches a poisoned page is killed with SIGBUS.',
        '访问损坏内存页的进程会被 SIGBUS 杀死。',
      ),
      reference: HOST_REFERENCES.memoryFailure,
    },
    {
      state: 'kernel-bug',
      mechanism: say(
        'What looks like a fault of the kernel follows from wrong data.',
        '看似内核缺陷，实为数据出错所致。',
      ),
      reference: HOST_REFERENCES.memoryFailure,
    },
    {
      state: 'node-shutdown',
      mechanism: say(
        'A fatal machine check ends in a panic and a reboot.',
        '致命的 machine check 会导致 panic 并重启。',
      ),
      reference: HOST_REFERENCES.memoryFailure,
    },
    {
      state: 'cpu-starvation',
      mechanism: say('A CPU that is too hot is slowed down.', 'CPU 过热会被降频。'),
      reference: HOST_REFERENCES.edac,
    },
  ],
  about: say(
    'The machine itself fails: memory with errors that cannot be corrected, a disk that cannot read its sectors, a PCIe link or device that drops out, a CPU that overheats. Disk requests then take seconds or fail, processes are killed with SIGBUS, the kernel panics and the node reboots. Corrected errors are a warning, not yet a cause.',
    '机器本身出故障：无法纠正的内存错误、读不出扇区的磁盘、掉线的 PCIe 链路或设备、过热的 CPU。于是磁盘请求耗时数秒或失败，进程被 SIGBUS 杀死，内核 panic、节点重启。已纠正的错误只是预警，还算不上原因。',
  ),
  shownBy: [
    say(
      '“Hardware Error”, “Memory failure”, “EDAC MC0: 1 UE”, “critical medium error”, “Unrecovered read error”, “PCIe Bus Error: severity=Uncorrected” in the kernel log of the last 10 minutes.',
      '最近 10 分钟的内核日志出现 “Hardware Error”、“Memory failure”、“EDAC MC0: 1 UE”、“critical medium error”、“Unrecovered read error”、“PCIe Bus Error: severity=Uncorrected”。',
    ),
    say('Uncorrected errors counted by a memory controller.', '内存控制器计有不可纠正的错误。'),
  ],
  ruledOutBy: [
    say(
      'The memory controllers count no error, and the kernel’s log of the last 10 minutes has no word of hardware.',
      '内存控制器没有计到错误，最近 10 分钟的内核日志也没有提到硬件故障。',
    ),
  ],
  references: [HOST_REFERENCES.edac, HOST_REFERENCES.memoryFailure, HOST_REFERENCES.diskRetries],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    {
      command:
        'dmesg -T | grep -iE "hardware error|edac|memory failure|medium error|unrecovered|PCIe Bus Error|above threshold" | tail -n 50',
      shows: say('what the kernel reports', '内核的报告'),
    },
    {
      command: 'grep . /sys/devices/system/edac/mc/mc*/{ce,ue}_count; ras-mc-ctl --errors',
      shows: say('memory errors that were and were not corrected', '已纠正与不可纠正的内存错误'),
    },
    {
      command: 'smartctl -H -A /dev/DISK; nvme smart-log /dev/nvme0',
      shows: say('the disk’s own word on itself', '磁盘自身的健康状况'),
    },
    {
      command: 'ipmitool sel list | tail -n 20',
      shows: say('what the management controller logged', '管理控制器（BMC）的记录'),
    },
  ],
};

/** Words of an error that was not put right; the rest was corrected or is not told. */
const UNCORRECTED =
  /Uncorrected|\bUE\b|severity: (?:fatal|recoverable)|Memory failure: 0x|Machine Check Exception|CPU \d+: Machine Check|Fatal/i;

interface Signs {
  readonly memory: readonly KernelLine[];
  readonly disk: readonly KernelLine[];
  readonly bus: readonly KernelLine[];
  readonly mild: readonly KernelLine[];
  readonly counted: readonly Observation<'memory-errors'>[];
}

function signsOf(view: CaseView): Signs {
  const checks = freshKernel(view, 'machine-check');
  const unread = freshKernel(view, 'io-error').filter((o) => /critical medium error/.test(o.fact.line));
  return {
    memory: checks.filter((o) => UNCORRECTED.test(o.fact.line)),
    disk: [...freshKernel(view, 'medium-error'), ...unread],
    bus: freshKernel(view, 'pcie-error'),
    mild: [...checks.filter((o) => !UNCORRECTED.test(o.fact.line)), ...freshKernel(view, 'overheated', 'gpu-error')],
    counted: view.all('memory-errors').filter((o) => o.fact.uncorrected > 0),
  };
}

function assess(view: CaseView): Assessment {
  const signs = signsOf(view);
  const { memory, disk, bus, mild, counted } = signs;
  const grave = [...memory, ...disk, ...bus];
  if (grave.length + mild.length + counted.length === 0)
    return notSeen(inOrder(view), lacking(view, { 'kernel-log': [] }), 'kernel-log');
  const devices = disk.flatMap((o) => o.about.filter((id) => id.startsWith('device:')));
  const evidence: readonly Evidence[] = [...grave.slice(-4), ...mild.slice(-2)].map((o) => quoteKernel(view, o));
  return held({
    ...judge(signs),
    subjects: [...devices, entityId.node()],
    evidence: [...evidence, ...counted.map(countEvidence)],
    summary: summarise(signs),
  });
}

function judge({ memory, disk, bus }: Signs): Pick<Held, 'status' | 'confidence' | 'restsOn'> {
  const fatal = bus.some((o) => /\(Fatal\)/.test(o.fact.line));
  if (memory.length > 0 || disk.length > 1 || fatal) return { status: 'confirmed', ...weigh('waitChannel') };
  if (disk.length + bus.length > 0) return { status: 'likely', ...weigh('circumstantial') };
  return { status: 'possible', ...weigh('hint') };
}

function countEvidence(o: Observation<'memory-errors'>): Evidence {
  const { controller, corrected, uncorrected } = o.fact;
  return cite(
    o,
    say(
      `Memory controller ${controller} has counted ${uncorrected} uncorrected and ${corrected} corrected errors since boot.`,
      `内存控制器 ${controller} 自启动以来计有 ${uncorrected} 次不可纠正、${corrected} 次已纠正的错误。`,
    ),
  );
}

function inOrder(view: CaseView): readonly Evidence[] {
  const counted = view.all('memory-errors').slice(-1);
  return [
    ...counted.map((o) =>
      cite(o, say('The memory controllers count no uncorrected error.', '内存控制器没有计到不可纠正的错误。')),
    ),
    ...quietKernel(
      view,
      say(
        'The kernel’s log of the last 10 minutes has no word of hardware.',
        '最近 10 分钟的内核日志没有提到硬件故障。',
      ),
    ),
  ];
}

function summarise({ memory, disk, bus, mild }: Signs): Text {
  if (memory.length > 0)
    return say('Memory or CPU reports an error that could not be corrected.', '内存或 CPU 报告了无法纠正的错误。');
  if (disk.length > 0) {
    const name = disk.at(-1)?.fact.device ?? null;
    const which = name === null ? say('A disk', '某块磁盘') : say(`Disk ${name}`, `磁盘 ${name}`);
    return say(`${which.en} cannot read its own sectors.`, `${which.zh} 读不出自己的扇区。`);
  }
  if (bus.length > 0) return say('A PCIe device reports uncorrected errors.', '某个 PCIe 设备报告了未纠正的错误。');
  return mild.length > 0
    ? say(
        'The hardware gives warnings: errors that were corrected, heat, or a GPU.',
        '硬件有预警：已纠正的错误、过热或 GPU 异常。',
      )
    : say('Memory has had uncorrected errors since boot.', '自启动以来内存出现过不可纠正的错误。');
}
