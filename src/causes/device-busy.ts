import type { Cause } from './cause.ts';
import { assessBusy } from './device-busy/assess.ts';
import { busyRemedies, GENERAL_BUSY_REMEDIES } from './device-busy/remedies.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { REFERENCES } from './support/references.ts';
import { say } from './support/say.ts';

/** A mount, device or file that cannot be let go of keeps a container or a pod from ending. */
export const deviceBusy: Cause = {
  id: 'device-busy',
  title: say('A mount or device stays busy and cannot be removed', '挂载点或设备一直被占用，无法移除'),
  assess: assessBusy,
  leadsTo: [
    {
      state: 'pod-stuck-terminating',
      mechanism: say(
        'The kubelet lets a pod go only when its containers are removed and its volumes unmounted; it tries again and again.',
        'kubelet 要等容器删除、卷卸载之后才会放走 Pod；失败则不断重试。',
      ),
      reference: HOST_REFERENCES.podReclaimed,
    },
    {
      state: 'too-many-containers',
      mechanism: say(
        'Containers that cannot be removed stay in the list, and relist goes through all of them.',
        '删不掉的容器留在列表里，relist 要逐个查询。',
      ),
      reference: REFERENCES.manyContainers,
    },
  ],
  about: say(
    'A container’s root filesystem, a volume or its device cannot be unmounted or removed: some process still has it open or mounted, most often in a mount namespace of its own that got a copy of the mount (a monitoring agent that mounts / of the host, a service with PrivateTmp, a shim left by a dockerd with MountFlags=slave), or a file in it is marked immutable. The container stays Dead or Removal In Progress, the pod stays in Terminating. The node itself stays Ready: this is trouble of a pod, and becomes trouble of the node only when such containers pile up or a drain waits for them.',
    '容器的根文件系统、卷或其设备无法卸载或删除：仍有进程打开或挂载着它，最常见的是某个进程在自己的 mount namespace 里留着一份挂载副本（挂载了主机 / 的监控组件、启用 PrivateTmp 的服务、dockerd 设置 MountFlags=slave 时留下的 shim），也可能是其中某个文件带有 immutable 属性。容器停在 Dead 或 Removal In Progress，Pod 停在 Terminating。节点本身仍是 Ready：这是 Pod 的问题，只有这类容器越积越多、或 drain 在等它们时，才会成为节点的问题。',
  ),
  shownBy: [
    say(
      '“device or resource busy”, “target is busy” or “operation not permitted” on a removal or an unmount, again and again.',
      '删除或卸载时反复出现 “device or resource busy”、“target is busy” 或 “operation not permitted”。',
    ),
    say(
      'Containers that stay Dead or Removal In Progress; a process whose /proc/PID/mountinfo still has the mount.',
      '容器一直处于 Dead 或 Removal In Progress；某个进程的 /proc/PID/mountinfo 里仍有该挂载。',
    ),
  ],
  ruledOutBy: [
    say(
      'No container is caught in its removal, and no removal failed within the last 10 minutes.',
      '没有容器卡在删除过程中，最近 10 分钟也没有删除失败。',
    ),
    say(
      'The unmount does not fail but hangs: then the storage behind it does not answer (see storage-unresponsive).',
      '卸载不是失败而是卡住：那是其背后的存储无响应（参见 storage-unresponsive）。',
    ),
  ],
  references: [
    HOST_REFERENCES.removeRootfs,
    HOST_REFERENCES.lazyRemove,
    HOST_REFERENCES.leakedMounts,
    HOST_REFERENCES.busyVolume,
  ],
  remedies: busyRemedies,
  generalRemedies: GENERAL_BUSY_REMEDIES,
  confirm: [
    {
      command: 'grep -l MOUNTPOINT /proc/[0-9]*/mountinfo',
      shows: say('processes whose namespace still has the mount', '哪些进程的 namespace 里仍有该挂载'),
    },
    {
      command: 'fuser -vm MOUNTPOINT; ls /sys/block/DEVICE/holders',
      shows: say('who has files open on it, and what is stacked on the device', '谁打开了其中的文件，设备上叠加了什么'),
    },
    {
      command: 'lsattr -d PATH; lsattr PATH',
      shows: say('immutable (i) and append-only (a) attributes', 'immutable（i）与 append-only（a）属性'),
    },
  ],
};
