import { isDaemonName, isShimName, isShortLived } from '../../host/runtime-names.ts';
import { isKernelThread, type Survey, type SurveyedProcess } from '../../host/survey.ts';
import type { Membership } from './membership.ts';
import type { ThreadPair } from './thread-sample.ts';

/** Processes kept in a case file. */
const MAX_KEPT = 400;
/** A chain of parents longer than this is a fork bomb's. */
const MAX_ANCESTORS = 32;

export interface SelectionInput {
  readonly survey: Survey;
  readonly members: Membership;
  /** State letters of the second sample; a process that is not in it is gone. */
  readonly later: ReadonlyMap<number, string>;
  readonly stuck: ReadonlySet<number>;
  readonly adopted: ReadonlySet<number>;
}

interface Selection {
  readonly kept: readonly SurveyedProcess[];
  /** Processes in trouble that had no room. */
  readonly cut: number;
}

/**
 * The processes worth keeping: those in trouble with the parents they descend from, then shims and daemons, then the
 * processes that shims started, then others of containers as far as there is room.
 */
export function selectProcesses(input: SelectionInput): Selection {
  const { survey } = input;
  const living = [...survey.processes.values()].filter((p) => input.later.has(p.pid));
  const kept = new Map<number, SurveyedProcess>();
  const troubled = living.filter((p) => isTroubled(p, input));
  for (const process of troubled) keepWithAncestors(kept, process, survey);
  const cut = troubled.filter((p) => !kept.has(p.pid)).length;
  const groups = [
    living.filter((p) => isShimName(p.comm) || isShortLived(p.comm) || isDaemonName(p.comm)),
    living.filter((p) => isShimName(survey.processes.get(p.ppid)?.comm ?? '')),
    living.filter((p) => input.members.has(p.pid)),
  ];
  for (const process of groups.flat()) keepWithAncestors(kept, process, survey);
  return { kept: [...kept.values()], cut };
}

function isTroubled(process: SurveyedProcess, { later, stuck, adopted }: SelectionInput): boolean {
  const { pid, state } = process;
  if (stuck.has(pid) || adopted.has(pid)) return true;
  return /[ZDTtX]/.test(state) && later.get(pid) === state;
}

/** With the parents up to the shim or PID 1, so that the line of descent is whole. */
function keepWithAncestors(kept: Map<number, SurveyedProcess>, process: SurveyedProcess, survey: Survey): void {
  let current: SurveyedProcess | undefined = process;
  for (let i = 0; current && i < MAX_ANCESTORS && kept.size < MAX_KEPT; i += 1) {
    if (kept.has(current.pid)) return;
    kept.set(current.pid, current);
    if (isShimName(current.comm) || isKernelThread(current)) return;
    current = survey.processes.get(current.ppid);
  }
}

/** Threads told in full. */
const MAX_TOLD = 128;
const MAX_TOLD_OF_PROCESS = 8;

/** The threads to tell: stuck ones first, those in D again, those that keep a dead leader; a few of each process. */
export function selectThreads(pairs: readonly ThreadPair[]): ThreadPair[] {
  const perProcess = new Map<number, number>();
  const inD = pairs.filter((p) => p.after.state === 'D' && p.before.state === 'D');
  const ofDeadLeaders = pairs.filter((p) => p.ofDeadLeader && !inD.includes(p));
  return [...inD.filter((p) => p.stuck), ...inD.filter((p) => !p.stuck), ...ofDeadLeaders]
    .filter(({ after: { pid } }) => {
      const count = (perProcess.get(pid) ?? 0) + 1;
      perProcess.set(pid, count);
      return count <= MAX_TOLD_OF_PROCESS;
    })
    .slice(0, MAX_TOLD);
}
