import { mapCall } from '../../runtimes/call-result.ts';
import type { DockerClient } from '../../runtimes/docker.ts';
import type { DockerListed } from '../../runtimes/docker-records.ts';
import { isDockerSandbox, kubernetesName } from '../../runtimes/kubernetes-names.ts';
import type { ContainerState, ContainerStatus, Pod, SandboxStatus } from '../pod.ts';
import type { Answer, CallLimits, Runtime, RuntimeConditions } from '../runtime.ts';
import { PodsBuilder } from './pods-builder.ts';

/**
 * dockerd as dockershim and cri-dockerd show it to the kubelet: pods are read off names and labels, other containers are
 * left out. Addresses of pods are not known to dockerd, and so to nobody here.
 */
export class DockerRuntime implements Runtime {
  readonly #client: DockerClient;

  constructor(client: DockerClient) {
    this.#client = client;
  }

  async listPods(limits: CallLimits, podUid?: string): Promise<Answer<readonly Pod[]>> {
    return mapCall(await this.#client.list(limits), (listed) => podsOf(listed, podUid));
  }

  async sandboxStatus(id: string, limits: CallLimits): Promise<Answer<SandboxStatus>> {
    return mapCall(await this.#client.inspect(id, limits), ({ State }) => ({
      id,
      ready: sandboxState(State.Status) === 'running',
      ips: [],
    }));
  }

  async containerStatus(id: string, limits: CallLimits): Promise<Answer<ContainerStatus>> {
    return mapCall(await this.#client.inspect(id, limits), ({ Name, Config, State }) => {
      const state = containerState(State.Status);
      return {
        id,
        name: kubernetesName(Name, Config.Labels)?.container ?? Name.replace(/^\//, ''),
        state,
        exitCode: state === 'exited' ? State.ExitCode : null,
        startedAt: State.StartedAt,
        finishedAt: State.FinishedAt,
      };
    });
  }

  /** dockershim calls dockerd ready where it tells its version, and asks its own network plugin for the network. */
  async conditions(limits: CallLimits): Promise<Answer<RuntimeConditions>> {
    const well = { status: true, reason: '', message: '' };
    return mapCall(await this.#client.version(limits), () => ({ runtimeReady: well, networkReady: well }));
  }
}

function podsOf(listed: readonly DockerListed[], podUid: string | undefined): readonly Pod[] {
  const pods = new PodsBuilder();
  for (const { Id: id, Names, Labels, State } of listed) {
    const name = Names?.[0] ?? '';
    const known = kubernetesName(name, Labels);
    if (known === null || (podUid !== undefined && known.podUid !== podUid)) continue;
    const pod = { uid: known.podUid, name: known.pod, namespace: known.namespace };
    const container = { id, name: known.container, attempt: known.attempt };
    if (isDockerSandbox(name, Labels)) pods.addSandbox(pod, { ...container, state: sandboxState(State) });
    else pods.addContainer(pod, { ...container, state: containerState(State) });
  }
  return pods.build();
}

/**
 * What dockershim makes of Docker's states: paused counts as running; restarting, removing and dead are unknown.
 * Source: toRuntimeAPIContainerState in pkg/kubelet/dockershim/convert.go @ v1.20.2, which reads the words of `Status`.
 */
function containerState(state: string): ContainerState {
  if (state === 'running' || state === 'paused') return 'running';
  return state === 'exited' || state === 'created' ? state : 'unknown';
}

/**
 * A sandbox that does not run has ended, to the kubelet, also one that was only just created: it tells of its death before
 * its start. Source: toRuntimeAPISandboxState in the same file, SandboxToContainerState in pkg/kubelet/container/runtime.go.
 */
function sandboxState(state: string): ContainerState {
  return containerState(state) === 'running' ? 'running' : 'exited';
}
