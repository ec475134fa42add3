import type { FactOf } from '../../evidence/observation.ts';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';

export type ComponentName = FactOf<'component'>['name'];

/** A daemon found in the process table. */
export interface Daemon {
  readonly name: ComponentName;
  readonly process: SurveyedProcess;
  /** What it is part of, where one process is kubelet and more: `k3s`, `kubelite`, `hyperkube`. */
  readonly within: string | null;
  /** pid of the component that started it: dockerd starts a containerd of its own, k3s too. */
  readonly startedBy: number | null;
}

/** Every runtime daemon and kubelet that runs, in the order of pids; several of one kind are all listed. */
export function findDaemons(survey: Survey): readonly Daemon[] {
  const named = [...survey.processes.values()]
    .toSorted((a, b) => a.pid - b.pid)
    .flatMap((process) => {
      const identity = identify(process);
      return identity ? [{ ...identity, process }] : [];
    });
  const names = new Map(named.map((d) => [d.process.pid, d.name]));
  const pids = new Set(names.keys());
  return (
    named
      .map((daemon) => ({ ...daemon, startedBy: starter(survey, daemon.process, pids) }))
      // A daemon's child before it runs its own program (exec) still bears the daemon's name.
      .filter((d) => d.startedBy === null || names.get(d.startedBy) !== d.name)
  );
}

/** Processes that start a kubelet and a containerd of their own, so that these are missing only if they are. */
export function isDistributionSupervisor({ comm, args }: SurveyedProcess): boolean {
  return /^(?:rke2|k0s)$/.test(comm) && (args ?? []).some((a) => /^(?:server|agent|controller|worker)$/.test(a));
}

function identify(process: SurveyedProcess): Pick<Daemon, 'name' | 'within'> | null {
  switch (process.comm) {
    case 'dockerd':
    case 'dockerd-current':
      return { name: 'dockerd', within: null };
    case 'containerd':
      return { name: 'containerd', within: null };
    case 'docker-containe':
      // Docker 1.11 to 18.06: docker-containerd and docker-containerd-shim read the same in 15 characters.
      return programOf(process) === 'docker-containerd' ? { name: 'containerd', within: null } : null;
    case 'crio':
      return { name: 'crio', within: null };
    case 'cri-dockerd':
      return { name: 'cri-dockerd', within: null };
    case 'kubelet':
      return { name: 'kubelet', within: null };
    default:
      return embeddedKubelet(process);
  }
}

/** k3s, MicroK8s' kubelite and the former hyperkube are the kubelet and more in one process. */
function embeddedKubelet({ comm, args }: SurveyedProcess): Pick<Daemon, 'name' | 'within'> | null {
  const line = (args ?? []).join(' ');
  if (comm === 'kubelite') return { name: 'kubelet', within: 'kubelite' };
  if (comm === 'hyperkube') return /\bkubelet\b/.test(line) ? { name: 'kubelet', within: 'hyperkube' } : null;
  // k3s writes its title over its arguments: `/usr/local/bin/k3s server` as one.
  const isK3s = /^k3s(?:-server|-agent)?$/.test(comm) && /\bk3s[ -](?:server|agent)\b/.test(`${comm} ${line}`);
  return isK3s && !line.includes('--disable-agent') ? { name: 'kubelet', within: 'k3s' } : null;
}

function programOf({ exe, args }: SurveyedProcess): string {
  const path = (exe ?? args?.[0] ?? '').replace(/ \(deleted\)$/, '');
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The nearest component among the ancestors. */
function starter(survey: Survey, process: SurveyedProcess, components: ReadonlySet<number>): number | null {
  let parent = process.ppid;
  for (let steps = 0; steps < 4 && parent > 1; steps += 1) {
    if (components.has(parent)) return parent;
    parent = survey.processes.get(parent)?.ppid ?? 0;
  }
  return null;
}
