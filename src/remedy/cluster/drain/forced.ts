import { shellCommand } from '../../../text/shell.ts';
import type { Text } from '../../../text/text.ts';
import type { StuckPod } from '../../outcome.ts';
import type { ClusterNode } from '../objects/node.ts';
import type { ClusterPod } from '../objects/pod.ts';

type Forced = NonNullable<StuckPod['forced']>;

/** A plain deletion asks no budget. */
export function bypassBudget(pod: ClusterPod): Forced {
  return {
    act: null,
    command: shellCommand('kubectl', '-n', pod.namespace, 'delete', 'pod', pod.name),
    breaks: joined([
      {
        en: 'The service falls below what its budget promises; it may be down until the Pod runs elsewhere.',
        zh: '服务会低于 PDB 保证的副本数，在别处重新运行之前可能中断。',
      },
      ...(pod.emptyDirs.length > 0 ? [emptyDirs(pod)] : []),
    ]),
  };
}

/** Out of the API server, while its containers may go on. */
export function forceDelete(pod: ClusterPod, node: ClusterNode): Forced {
  const { namespace, name, uid, owner } = pod;
  return {
    act: { kind: 'force-delete-pod', pod: { namespace, name, uid } },
    command: shellCommand('kubectl', '-n', namespace, 'delete', 'pod', name, '--grace-period=0', '--force'),
    breaks: joined([
      {
        en: `Its containers may go on running on ${node.name}, with the same addresses and files.`,
        zh: `其容器可能仍在 ${node.name} 上运行，继续占用相同的地址与文件。`,
      },
      ...(owner?.kind === 'StatefulSet' ? [twice(name)] : []),
      ...(pod.needs.claims.length > 0 ? [volumes(pod)] : []),
      ...(pod.emptyDirs.length > 0 ? [emptyDirs(pod)] : []),
    ]),
  };
}

export function removeFinalizers(pod: ClusterPod): Forced {
  const patch = '{"metadata":{"finalizers":null}}';
  return {
    act: null,
    command: shellCommand('kubectl', '-n', pod.namespace, 'patch', 'pod', pod.name, '--type=merge', '-p', patch),
    breaks: {
      en: 'What the finalizer was to clean up (addresses, volumes, records) stays behind.',
      zh: 'finalizer 负责清理的内容（地址、卷、登记信息）会遗留下来。',
    },
  };
}

/** Source: kubernetes.io, Force Delete StatefulSet Pods: at most one Pod of an identity is no longer guaranteed. */
function twice(name: string): Text {
  return {
    en: `A second ${name} starts while the first may still write: two of one identity can destroy data. Only where the node is off or cut from its storage.`,
    zh: `会启动第二个 ${name}，而第一个可能仍在写数据：同一身份两处运行可能损坏数据。仅在节点已断电或已与存储隔离时使用。`,
  };
}

/** Source: pkg/controller/volume/attachdetach/attach_detach_controller.go, ReconcilerMaxWaitForUnmountDuration: 6 min. */
function volumes({ needs }: ClusterPod): Text {
  const names = needs.claims.join(', ');
  return {
    en: `Its volumes (${names}) are detached by force after 6 min, mounted or not: what was not yet written is lost. Until then a volume for one node keeps its successor waiting.`,
    zh: `其卷（${names}）6 分钟后会被强制分离，无论是否仍挂载：未落盘的数据会丢失。在此之前，单节点卷会让新 Pod 一直等待。`,
  };
}

function emptyDirs({ emptyDirs: names }: ClusterPod): Text {
  return { en: `Its emptyDir ${names.join(', ')} is lost.`, zh: `其 emptyDir ${names.join(', ')} 中的数据会丢失。` };
}

function joined(parts: readonly Text[]): Text {
  return { en: parts.map((p) => p.en).join(' '), zh: parts.map((p) => p.zh).join('') };
}
