import type { FactOf } from '../../evidence/observation.ts';
import type { Cluster, User } from '../../kube/kubeconfig.ts';
import type { KubeletSettings } from '../kubelet/settings.ts';

/** Where a certificate of the kubelet may be. */
export interface Place {
  readonly role: FactOf<'certificate'>['role'];
  /** A path as the kubelet has it, or text that stands in the kubeconfig. */
  readonly at: { readonly path: string } | { readonly text: string };
  /** What a person calls it. */
  readonly where: string;
  /** Only the first certificate counts: what follows is its chain. */
  readonly leafOnly: boolean;
  /** That it is missing means nothing: not every kubelet has one. */
  readonly optional: boolean;
}

export interface PlacesInput {
  readonly settings: KubeletSettings;
  /** `tlsCertFile`; null where not set. */
  readonly tlsCertFile: string | null;
  readonly clientCaFile: string | null;
  readonly kubeconfig: { readonly path: string; readonly cluster: Cluster | null; readonly user: User | null } | null;
}

/**
 * The kubelet's own client certificate, the one it serves with, and the CAs it trusts. Sources: cmd/kubelet/app/server.go
 * (InitializeTLS: kubelet.crt), client-go/util/certificate/certificate_store.go (kubelet-client-current.pem).
 */
export function certificatePlaces({ settings, tlsCertFile, clientCaFile, kubeconfig }: PlacesInput): readonly Place[] {
  const { certDir } = settings;
  const current = `${certDir}/kubelet-client-current.pem`;
  const serving =
    tlsCertFile === null
      ? [`${certDir}/kubelet-server-current.pem`, `${certDir}/kubelet.crt`].map((path) =>
          inFile('kubelet-serving', path),
        )
      : [inFile('kubelet-serving', tlsCertFile, false)];
  const cert = kubeconfig?.user?.cert ?? null;
  const ca = kubeconfig?.cluster?.ca ?? null;
  const from = kubeconfig?.path ?? '';
  return unique([
    ...(cert === null ? [] : [embedded('kubelet-client', cert, `${from} (client-certificate-data)`)]),
    inFile('kubelet-client', current),
    ...serving,
    ...(ca === null ? [] : [embedded('cluster-ca', ca, `${from} (certificate-authority-data)`)]),
    ...(clientCaFile === null ? [] : [inFile('cluster-ca', clientCaFile, false)]),
  ]);
}

function inFile(role: Place['role'], path: string, optional = true): Place {
  return { role, at: { path }, where: path, leafOnly: role !== 'cluster-ca', optional };
}

function embedded(role: Place['role'], at: Place['at'], where: string): Place {
  if ('path' in at) return inFile(role, at.path, false);
  return { role, at, where, leafOnly: role !== 'cluster-ca', optional: false };
}

/** One file is often named twice: the CA for the API server is that for clients. */
function unique(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((p) => [`${p.role} ${p.where}`, p] as const)).values()];
}
