import type { Host } from '../../host/host.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import { isOfRuntime } from '../../host/runtime-names.ts';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';
import type { ProbeContext } from '../probe.ts';
import { untilWindowEnds } from '../window.ts';
import { type Census, takeCensus, type WatchedThread } from './census.ts';
import { type Membership, readMembership, type Shim } from './membership.ts';
import { findShims } from './shims.ts';
import { pairThreads, sampleThread, type ThreadPair, type ThreadSample } from './thread-sample.ts';

/** Threads watched over the window. A dead file server can block thousands in the same call. */
const MAX_WATCHED = 1000;
/** Kept free for writing what the second sample showed. */
const RESERVE_MS = 800;

/** The process table at both ends of the window. */
export interface TwoSamples {
  readonly survey: Survey;
  readonly census: Census;
  readonly shims: readonly Shim[];
  readonly members: Membership;
  readonly pairs: readonly ThreadPair[];
  /** Blocked threads that were too many to watch. */
  readonly unwatched: number;
  /**
   * State letters at the end of the window, of the processes that may be worth keeping. Those that are gone, or whose
   * pid is another's by then, are left out.
   */
  readonly later: ReadonlyMap<number, string>;
  readonly windowMs: number;
}

export async function sampleProcesses(context: ProbeContext): Promise<TwoSamples> {
  const { host } = context;
  const survey = await context.survey();
  const shims = findShims(survey);
  const [census, members] = await Promise.all([takeCensus(host, survey), readMembership(host, survey, shims)]);
  const watched = census.watched.slice(0, MAX_WATCHED);
  const from = host.now();
  const before = await sampleAll(host, watched);
  await untilWindowEnds(context, from, RESERVE_MS);
  const windowMs = host.now() - from;
  const [after, later] = await Promise.all([sampleAll(host, before), readStates(host, survey, members)]);
  const unwatched = census.watched.length - watched.length;
  return { survey, census, shims, members, pairs: pairThreads(before, after), unwatched, later, windowMs };
}

async function sampleAll(host: Host, threads: readonly WatchedThread[]): Promise<ThreadSample[]> {
  const samples = await Promise.all(threads.map((thread) => sampleThread(host, thread)));
  return samples.filter((sample) => sample !== null);
}

async function readStates(host: Host, survey: Survey, members: Membership): Promise<Map<number, string>> {
  const states = new Map<number, string>();
  const read = async (process: SurveyedProcess): Promise<void> => {
    const text = await host.files.readText(host.proc(`${process.pid}/stat`), { maxBytes: 4096 });
    const stat = text.ok ? parseProcStat(text.value) : null;
    if (stat && stat.startTicks === process.startTicks) states.set(process.pid, stat.state);
  };
  const isWorthIt = (p: SurveyedProcess): boolean =>
    members.has(p.pid) || p.threads > 1 || isOfRuntime(p.comm) || !/[RSI]/.test(p.state);
  await Promise.all([...survey.processes.values()].filter(isWorthIt).map(read));
  return states;
}
