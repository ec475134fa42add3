import type { HostAct } from '../../src/remedy/act.ts';
import { NO_RUN } from '../../src/remedy/host/act-protocol.ts';
import { createHostActor } from '../../src/remedy/host/actor.ts';
import type { ActRun, HostActorDeps } from '../../src/remedy/host/deps.ts';
import type { Outcome } from '../../src/remedy/outcome.ts';
import { type RecordedMachine, recordedHost } from './recorded-host.ts';

/** What a stand-in for the machine was asked to do, in order: nothing of it is done. */
export interface Recorded {
  readonly deps: HostActorDeps;
  readonly asked: readonly string[];
}

export interface StandIns {
  /** By command line; what is not listed ends with 0. */
  readonly runs?: Readonly<Record<string, Partial<ActRun>>>;
  /** By path. */
  readonly writes?: Readonly<Record<string, string>>;
  readonly deps?: Partial<HostActorDeps>;
  /** Called with each program or write. */
  readonly onAct?: (asked: string) => void;
}

export const OWN_PID = 900;

/** Dependencies of an actor on a recorded machine. Programs, signals and writes are stand-ins that only take note. */
export function recordedDeps(machine: RecordedMachine, standIns: StandIns = {}): Recorded {
  const asked: string[] = [];
  const note = (what: string): void => {
    asked.push(what);
    standIns.onAct?.(what);
  };
  const deps: HostActorDeps = {
    host: recordedHost(machine),
    programs: {
      run: async (argv) => {
        note(argv.join(' '));
        return { ...NO_RUN, code: 0, pid: 4000, ...standIns.runs?.[argv.join(' ')] };
      },
      write: async (path, text) => {
        note(`${text} > ${path}`);
        return standIns.writes?.[path] ?? null;
      },
    },
    sendSignal: ({ pid }, signal) => {
      note(`${signal} ${pid}`);
      return 'sent';
    },
    openEngine: async () => null,
    answers: async () => true,
    machine: {
      lacks: async () => null,
      askOrderly: async () => {
        note('orderly');
        return { ...NO_RUN, code: 0 };
      },
      sysrq: async (key) => {
        note(`sysrq ${key}`);
        return null;
      },
    },
    initDirectory: '/etc/init.d',
    ownPid: OWN_PID,
    ...standIns.deps,
  };
  return { deps, asked };
}

export interface Performed extends Outcome {
  /** English, in the order told. */
  readonly progress: readonly string[];
}

export async function performWith(deps: HostActorDeps, act: HostAct, deadlineMs = 200): Promise<Performed> {
  const progress: string[] = [];
  const signal = new AbortController().signal;
  const onProgress = ({ en }: { en: string }): void => void progress.push(en);
  return { ...(await createHostActor(deps).perform(act, { signal, deadlineMs, onProgress })), progress };
}
