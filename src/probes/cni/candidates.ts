import { isDaemonName, isShimName, isShortLived } from '../../host/runtime-names.ts';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';

/** Environments read in one examination: a runtime starts few plugins at a time. */
const MOST = 64;
/** A plugin calls others (bridge calls host-local), a script calls programs. */
const DEPTH = 3;

/** Processes that may be a CNI plugin at work: started by a runtime or a kubelet, or by such a process, or named like one. */
export function cniCandidates({ processes }: Survey): readonly SurveyedProcess[] {
  const all = [...processes.values()];
  return all
    .filter((p) => p.state !== 'Z' && !isDaemonName(p.comm) && !isShimName(p.comm))
    .filter((p) => isShortLived(p.comm) || callerOf(p, processes) !== null)
    .slice(0, MOST);
}

/** The daemon among the nearest parents; a shim between them has containers for children, not plugins. */
export function callerOf(
  process: SurveyedProcess,
  processes: ReadonlyMap<number, SurveyedProcess>,
): { readonly name: string; readonly pid: number } | null {
  let parent = processes.get(process.ppid);
  for (let i = 0; parent && i < DEPTH && !isShimName(parent.comm); i += 1) {
    if (isDaemonName(parent.comm)) return { name: parent.comm, pid: parent.pid };
    parent = processes.get(parent.ppid);
  }
  return null;
}
