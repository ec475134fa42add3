import { entityId } from '../../evidence/entity.ts';
import { findOwnKubelet, type OwnKubelet } from '../../probes/cluster/own-kubelet.ts';
import { type Daemon, findDaemons } from '../../probes/daemons/identify.ts';
import { sharesNamespace } from '../../probes/daemons/namespaces.ts';
import { readAsKubelet, readConfigFile } from '../../probes/kubelet/own-files.ts';
import { type KubeletSettings, kubeletSettings } from '../../probes/kubelet/settings.ts';
import type { SharedReads } from '../../probes/shared-reads.ts';

/** The kubelet that is meant. */
export interface FoundKubelet {
  readonly pid: number;
  readonly settings: KubeletSettings;
  /** False where its ports are in a network of their own. */
  readonly reachable: boolean;
}

/** What of a kubelet is found on this host. */
export interface KubeletSearch {
  /** Null where none runs, and where it is not known which is meant. */
  readonly kubelet: FoundKubelet | null;
  /** Its way to the API server, or why there is none. */
  readonly own: OwnKubelet | { readonly detail: string };
}

/** @param nodeName of the kubelet that is meant, where several run; null for the only one */
export async function findKubelet(reads: SharedReads, nodeName: string | null): Promise<KubeletSearch> {
  const kubelets = findDaemons(await reads.survey()).filter((d) => d.name === 'kubelet');
  const own = await (nodeName === null ? findOwnKubelet(reads) : findOwnKubelet(reads, nodeName));
  const meant = kubelets.length === 1 ? kubelets[0] : kubelets.find((k) => isOf(k, own));
  return { kubelet: meant === undefined ? null : await examine(reads, meant), own };
}

function isOf({ process }: Daemon, own: KubeletSearch['own']): boolean {
  return 'component' in own && own.component === entityId.component('kubelet', process.pid);
}

async function examine({ host }: SharedReads, kubelet: Daemon): Promise<FoundKubelet> {
  const { pid, args } = kubelet.process;
  const config = await readConfigFile(await readAsKubelet(host, kubelet), args ?? []);
  const settings = kubeletSettings(args ?? [], config?.values ?? null);
  return { pid, settings, reachable: await sharesNamespace(host, pid, 'net') };
}
