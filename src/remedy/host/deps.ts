import type { Host, RunResult } from '../../host/host.ts';
import type { ProcessRef } from '../act.ts';
import type { Answers } from './answers.ts';
import type { OpenEngine } from './engines.ts';
import type { Machine } from './machine.ts';

/** How a program or a write that changes the host went. */
export interface ActRun extends RunResult {
  /** Of the program itself; null where it did not start. */
  readonly pid: number | null;
  /** Where it was ended by the deadline and is still there: its state and the kernel function that it waits in. */
  readonly left: { readonly state: string; readonly wchan: string | null } | null;
}

export interface ActRunOptions {
  readonly timeoutMs: number;
  /** What becomes of it at the deadline: ended, or left to go on by itself, its output unread. */
  readonly atDeadline: 'kill' | 'leave';
}

/** Programs that change the host, and the few kernel files that are written. Neither can hang the caller. */
export interface ActPrograms {
  run(argv: readonly [string, ...string[]], options: ActRunOptions): Promise<ActRun>;
  /** Writes a text to a file of the kernel that is on the list. @returns null or an errno name, `TIMEOUT` included */
  write(path: string, text: string, timeoutMs: number): Promise<string | null>;
}

/** `gone`: the process has ended, or its pid is another's by now. Else an errno name of kill(2). */
export type Sent = 'sent' | 'gone' | { readonly error: string };

/** Sends a signal to exactly this process: its start time is read again directly before. */
export type SendSignal = (process: ProcessRef, signal: 'SIGCONT' | 'SIGTERM' | 'SIGKILL') => Sent;

/** All that acts use of the machine. */
export interface HostActorDeps {
  readonly host: Pick<Host, 'now' | 'proc' | 'sys' | 'path' | 'files' | 'run'>;
  readonly programs: ActPrograms;
  readonly sendSignal: SendSignal;
  readonly openEngine: OpenEngine;
  readonly answers: Answers;
  readonly machine: Machine;
  /** Where the scripts of a SysV init lie. */
  readonly initDirectory: string;
  /** Of notready itself, as `host.proc()` names it. */
  readonly ownPid: number;
}
