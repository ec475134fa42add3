import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { freshKernel, quoteKernel } from './support/kernel-word.ts';
import { kubeletComponent } from './support/kubelet.ts';
import { freshSignals, quoteLine } from './support/kubelet-word.ts';
import { lacking } from './support/lacking.ts';
import { nameOf } from './support/names.ts';
import { killProcess, reboot, restartKubelet } from './support/remedies.ts';
import { SLOWS_KUBELET } from './support/resource-effects.ts';
import { say } from './support/say.ts';
import { type StuckThread, stuckThreads } from './support/stuck-threads.ts';

const REMEDIES: readonly Remedy[] = [
  {
    action: 'restart-device-plugin',
    title: say('Restart the device plugin’s pod', '重启设备插件的 Pod'),
    works: true,
    why: say(
      'The connection ends with it, so the kubelet’s call returns with an error, and the plugin registers anew. It cannot end while a thread of it hangs in its driver.',
      '连接随之断开，kubelet 的调用返回错误，插件重新注册。若其线程卡在驱动里，则插件无法结束。',
    ),
    command: 'kubectl -n kube-system delete pod PLUGIN-POD',
    risk: say(
      'Pods that ask for its devices are not admitted until it is back.',
      '恢复之前，请求该设备的 Pod 不会被准入。',
    ),
  },
  {
    action: 'reset-device',
    title: say('Reset the device', '复位设备'),
    works: true,
    why: say(
      'For a GPU with an error that its driver lives through. One that has fallen off the bus needs a reboot or a power cycle.',
      '适用于驱动还能工作的 GPU 错误。已脱离总线的 GPU 需要重启或断电。',
    ),
    command: 'nvidia-smi --gpu-reset -i INDEX',
    risk: say('Ends everything that uses the device.', '会终止所有使用该设备的程序。'),
  },
  restartKubelet(null, {
    works: true,
    why: say(
      'Ends the call that waits; it comes back with the next pod for as long as the plugin hangs.',
      '可结束正在等待的调用；但只要插件仍卡住，下一个 Pod 会再次触发。',
    ),
  }),
  reboot(say('Where a thread hangs in the driver nothing else frees it.', '线程卡在驱动里时，只有重启才能释放。')),
  killProcess(null, {
    works: false,
    why: say('A thread that is in the driver takes no signal.', '位于驱动中的线程不接收信号。'),
  }),
];

/** A device plugin, or the driver below it, hangs or is lost while the kubelet waits for it. */
export const devicePluginHung: Cause = {
  id: 'device-plugin-hung',
  title: say('A device plugin or its driver hangs or is lost', '设备插件或其驱动卡住或丢失'),
  assess,
  leadsTo: [
    ...SLOWS_KUBELET,
    {
      state: 'pods-cannot-start',
      mechanism: say(
        'Pods are admitted one after another in the sync loop: while one waits for Allocate, all wait.',
        'Pod 在 sync loop 中逐个准入：一个在等 Allocate，其余全部等待。',
      ),
      reference: HOST_REFERENCES.admissionBlocks,
    },
    {
      state: 'kubelet-down',
      mechanism: say(
        'The sync loop waits in Allocate, so the health check fails for as long.',
        'sync loop 停在 Allocate 中，健康检查随之失败。',
      ),
      reference: HOST_REFERENCES.pluginStopped,
    },
    {
      state: 'threads-stuck',
      mechanism: say('The driver does not return from the kernel.', '驱动没有从内核返回。'),
      reference: HOST_REFERENCES.xid,
      links: (from, to) => from.subjects.some((id) => to.subjects.includes(id)),
    },
    {
      state: 'unkillable-process',
      mechanism: say('The driver does not return from the kernel.', '驱动没有从内核返回。'),
      reference: HOST_REFERENCES.xid,
      links: (from, to) => from.subjects.some((id) => to.subjects.includes(id)),
    },
  ],
  about: say(
    'The kubelet asks device plugins (GPU, SR-IOV, FPGA ...) over a socket, and for Allocate and GetPreferredAllocation without any deadline. A plugin that is stopped or hangs in its driver holds the admission of all pods in the sync loop, and the kubelet’s health check fails. A plugin that is lost leaves its resource at zero: pods that ask for it fail with UnexpectedAdmissionError. Containers that run go on.',
    'kubelet 通过 socket 调用设备插件（GPU、SR-IOV、FPGA 等），其中 Allocate 和 GetPreferredAllocation 没有任何超时。插件被停住或卡在驱动里，sync loop 里所有 Pod 的准入都会卡住，kubelet 健康检查失败。插件丢失则其资源归零：请求该资源的 Pod 以 UnexpectedAdmissionError 失败。已运行的容器不受影响。',
  ),
  shownBy: [
    say(
      '“ListAndWatch ended unexpectedly for device plugin”, “Allocate failed due to ...” in the kubelet’s log.',
      'kubelet 日志出现 “ListAndWatch ended unexpectedly for device plugin”、“Allocate failed due to ...”。',
    ),
    say(
      'Goroutines of the kubelet that wait for minutes in devicemanager; threads in D below a driver’s functions; NVRM: Xid 79 in the kernel log.',
      'kubelet 的 goroutine 在 devicemanager 中等待数分钟；线程以 D 停在驱动函数里；内核日志出现 NVRM: Xid 79。',
    ),
  ],
  ruledOutBy: [
    say(
      'The kubelet’s log of the last 10 minutes has no word of a device plugin.',
      '最近 10 分钟的 kubelet 日志没有提到设备插件。',
    ),
  ],
  references: [
    HOST_REFERENCES.allocateNoDeadline,
    HOST_REFERENCES.pluginStopped,
    HOST_REFERENCES.admissionBlocks,
    HOST_REFERENCES.xid,
  ],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    {
      command: 'ls -l /var/lib/kubelet/device-plugins; kubectl describe node NODE | grep -A12 Allocatable',
      shows: say(
        'which plugins have a socket, and what the node offers of their devices',
        '哪些插件有 socket，节点还提供多少设备',
      ),
    },
    {
      command: 'timeout 10 nvidia-smi; dmesg | grep -E "NVRM|Xid"',
      shows: say('whether the driver answers', '驱动是否应答'),
    },
    {
      command: 'curl -sk https://127.0.0.1:10250/debug/pprof/goroutine?debug=2 | grep -A8 devicemanager',
      shows: say('whether the kubelet waits for a plugin', 'kubelet 是否在等插件'),
    },
  ],
};

/** Functions of drivers that Kubernetes hands out by plugins; none of them is part of the kernel proper. */
const DRIVER = /^(?:nv_|nvidia|nvkms|uvm_|rm_|os_acquire|amdgpu_|amdkfd|kfd_|habanalabs|hl_|xocl|mlx5_|qat_)/;

function assess(view: CaseView): Assessment {
  const told = freshSignals(view, 'device-plugin-lost');
  const gpu = freshKernel(view, 'gpu-error');
  const waiting = view.all('goroutines').filter(waitsForPlugin);
  const inDriver = stuckThreads(view).filter((t) => (t.observation.fact.stack ?? []).some((f) => DRIVER.test(f)));
  const found = told.length + gpu.length + waiting.length + inDriver.length;
  if (found === 0) return notSeen(quietLog(view), lacking(view, { 'kubelet-log': ['log-signal'] }), 'kubelet-log');
  const proven = waiting.length > 0 || inDriver.length > 0;
  // A plugin that was replaced is lost for a moment, and says so once.
  const likely = told.length > 1 || told.some((o) => /Allocate failed/.test(o.fact.line)) || gpu.length > 0;
  return held({
    status: proven ? 'confirmed' : likely ? 'likely' : 'possible',
    ...weigh(proven ? 'waitChannel' : likely ? 'recentLog' : 'hint'),
    subjects: subjectsOf(view, inDriver),
    evidence: [
      ...waiting.slice(0, 2).map(goroutineEvidence),
      ...inDriver.slice(0, 2).map((t) => threadEvidence(view, t)),
      ...gpu.slice(-2).map((o) => quoteKernel(view, o)),
      ...told.slice(-3).map((o) => quoteLine(view, o)),
    ],
    summary:
      gpu.length > 0
        ? say('A GPU has failed or is lost to its driver.', 'GPU 出现故障，或驱动已找不到它。')
        : inDriver.length > 0
          ? say('Threads hang in the driver of a device.', '有线程卡在设备驱动中。')
          : waiting.length > 0
            ? say('The kubelet waits for a device plugin that does not answer.', 'kubelet 正在等待无应答的设备插件。')
            : say('A device plugin is lost to the kubelet.', 'kubelet 与某个设备插件失去联系。'),
  });
}

function waitsForPlugin({ fact }: Observation<'goroutines'>): boolean {
  return (
    fact.minutes >= 1 && fact.stack.some((f) => /devicemanager\.|deviceplugin\/v1/.test(f)) && !isWatching(fact.stack)
  );
}

/** ListAndWatch is a stream: to wait in it is its whole work. The registration server waits for plugins likewise. */
function isWatching(stack: readonly string[]): boolean {
  return stack.some((f) => /ListAndWatch|deviceplugin.*Watch|Serve\b|endpointImpl\)\.run|client\)\.Run/i.test(f));
}

function subjectsOf(view: CaseView, inDriver: readonly StuckThread[]): Assessment['subjects'] {
  const threads = inDriver.flatMap((t) => [...t.containers, t.process, t.id]);
  return [...threads, kubeletComponent(view)?.about[0] ?? entityId.component('kubelet', null)];
}

function goroutineEvidence(o: Observation<'goroutines'>): Evidence {
  const { count, minutes, stack } = o.fact;
  const where = stack.find((f) => f.includes('devicemanager')) ?? stack[0] ?? '';
  return cite(
    o,
    say(
      `Goroutines of the kubelet (${count}) have waited for ${minutes} min in ${where}.`,
      `kubelet 有 ${count} 个 goroutine 在 ${where} 中已等待 ${minutes} 分钟。`,
    ),
  );
}

function threadEvidence(view: CaseView, t: StuckThread): Evidence {
  const frame = t.observation.fact.stack?.find((f) => DRIVER.test(f)) ?? 'its driver';
  const name = nameOf(view, t.process);
  return cite(t.observation, say(`A thread of ${name} stays in D in ${frame}.`, `${name} 的线程以 D 停在 ${frame}。`));
}

function quietLog(view: CaseView): readonly Evidence[] {
  const last = view
    .all('log-signal')
    .filter((o) => o.fact.log === 'kubelet')
    .slice(-1);
  const text = say('The kubelet’s log has no word of a device plugin.', 'kubelet 日志没有提到设备插件。');
  return view.gaps('kubelet-log').length > 0 ? [] : last.map((o) => cite(o, text));
}
