import type { DockerInspected, DockerListed } from '../../runtimes/docker-records.ts';
import { dockerSandboxId, isDockerSandbox, kubernetesName } from '../../runtimes/kubernetes-names.ts';
import type { ContainerDetail, ContainerState, ListedContainer } from './container-record.ts';

/** Docker's own words for states. Source: moby, container/state.go (StateString). */
const STATES: readonly ContainerState[] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];

function dockerState(word: string): ContainerState {
  return STATES.find((s) => s === word) ?? 'unknown';
}

/** An entry of Docker's list in the words of all runtimes. */
export function fromDockerList(entry: DockerListed): ListedContainer {
  // linked containers list their aliases too, as /other/alias
  const names = (entry.Names ?? []).map((n) => n.replace(/^\//, ''));
  const name = names.find((n) => !n.includes('/')) ?? names[0] ?? entry.Id.slice(0, 12);
  return {
    id: entry.Id,
    name,
    image: entry.Image,
    isSandbox: isDockerSandbox(name, entry.Labels),
    state: dockerState(entry.State),
    createdAt: entry.Created === null ? null : entry.Created * 1000,
    kubernetes: kubernetesName(name, entry.Labels),
    sandboxId: dockerSandboxId(entry.Labels),
  };
}

/** What an inspect adds. Pid 0 is Docker's word for none. */
export function fromDockerInspect(inspected: DockerInspected): ContainerDetail {
  const { State, RestartCount } = inspected;
  const state = dockerState(State.Status);
  const ran = state === 'exited' || state === 'dead' || state === 'restarting' || state === 'removing';
  return {
    state,
    pid: State.Pid > 0 ? State.Pid : null,
    startedAt: State.StartedAt,
    finishedAt: State.FinishedAt,
    exitCode: ran ? State.ExitCode : null,
    restartCount: RestartCount,
    oomKilled: State.OOMKilled,
    ...(State.Error !== '' && { error: State.Error }),
  };
}
