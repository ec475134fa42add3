import { parseEndpointAddress } from '../../probes/endpoints/address.ts';
import type { CallResult } from '../../runtimes/call-result.ts';
import type { ServiceRef } from '../act.ts';

/** Whether a service answers now; null where it is not known how to ask it. */
export type Answers = (service: ServiceRef) => Promise<boolean | null>;

const DEADLINE_MS = 2000;

const USUAL: Readonly<Record<string, string>> = {
  docker: 'unix:///run/docker.sock',
  containerd: 'unix:///run/containerd/containerd.sock',
  crio: 'unix:///run/crio/crio.sock',
  'cri-dockerd': 'unix:///run/cri-dockerd.sock',
  kubelet: 'http://127.0.0.1:10248/healthz',
};

/** Asks for the version, or for the kubelet's health. */
export const answers: Answers = async ({ name, endpoint = USUAL[name] ?? '' }) => {
  if (/^http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])[:/]/.test(endpoint)) return isHealthy(endpoint);
  const address = parseEndpointAddress(endpoint);
  if (!address.ok) return null;
  return hasAnswered(await (name === 'docker' ? dockerVersion(address.path) : criVersion(address.path)));
};

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok === true;
}

async function dockerVersion(path: string): Promise<CallResult<unknown>> {
  const { DockerClient } = await import('../../runtimes/docker.ts');
  const client = new DockerClient(path);
  const result = await client.version({ deadlineMs: DEADLINE_MS });
  client.close();
  return result;
}

async function criVersion(path: string): Promise<CallResult<unknown>> {
  const { CriClient } = await import('../../runtimes/cri.ts');
  const client = new CriClient(path);
  const result = await client.version({ deadlineMs: DEADLINE_MS });
  client.close();
  return result;
}

/** A containerd that serves dockerd alone has no CRI, and says so: an answer, too. */
function hasAnswered(result: CallResult<unknown>): boolean {
  return result.outcome === 'ok' || result.code === 'UNIMPLEMENTED';
}
