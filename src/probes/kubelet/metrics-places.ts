import type { Host } from '../../host/host.ts';
import { kubePath } from '../../kube/paths.ts';
import type { ClusterAccess } from '../cluster/access.ts';
import { rawCommand } from '../cluster/ask.ts';
import { findIdentities } from './credentials.ts';
import type { ClientIdentity, HttpGet } from './http-get.ts';
import type { KubeletSettings } from './settings.ts';

/** Where metrics of a kubelet may be had. */
export interface MetricsPlace {
  readonly url: string;
  /** How a person asks there. */
  readonly command: string;
  readonly get: HttpGet;
  readonly identity?: ClientIdentity;
}

/** What the search needs: the host, for certificates, and the cluster that the user named. */
interface SearchContext {
  readonly host: Host;
  readonly options: { readonly cluster?: ClusterAccess };
}

/**
 * The cheapest first: the read-only port, the secure port with each certificate found here, the API server's proxy. A
 * port that hangs would hang again for the next certificate.
 */
export async function* metricsPlaces(
  { host, options }: SearchContext,
  settings: KubeletSettings,
  get: HttpGet,
  hung: () => boolean,
): AsyncGenerator<MetricsPlace> {
  const { readOnlyUrl, secureUrl } = settings;
  if (readOnlyUrl !== null) yield { url: readOnlyUrl, command: `curl -m 5 ${readOnlyUrl}`, get };
  for (const { identity } of await findIdentities(host, settings)) {
    if (!hung()) yield { url: secureUrl, command: `curl -k --cert FILE --key FILE ${secureUrl}`, get, identity };
  }
  const { cluster } = options;
  if (cluster === undefined || hung()) return;
  const url = kubePath.proxy(cluster.nodeName, 'metrics');
  yield { url, command: rawCommand(url), get: (path, limits) => cluster.client.get(path, limits) };
}
