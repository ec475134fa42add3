import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { CaseFile } from '../../evidence/case-file.ts';
import type { Text } from '../../text/text.ts';
import type { ClusterAct, HostAct } from '../act.ts';
import type { ClusterFacts } from '../guards/cluster-facts.ts';
import type { GuardLimits, Refusal } from '../guards/guard.ts';
import type { Journal } from '../journal/journal-file.ts';
import type { OnProgress, Outcome } from '../outcome.ts';
import type { Plan, PlanContext } from '../plan/plan.ts';
import type { ProofTerms } from '../policy/policy.ts';
import type { Step } from '../step.ts';

export interface ActOptions {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onProgress: OnProgress;
}

/** What does acts. Faults are outcomes: it never rejects, and answers soon after the deadline. */
export interface Actor<A> {
  perform(act: A, options: ActOptions): Promise<Outcome>;
}

/** One examination and what it says. */
export interface Look {
  readonly caseFile: CaseFile;
  readonly diagnosis: Diagnosis;
}

/** Whether the node is back, and what was seen or is lacking. */
export interface Proof {
  readonly ok: boolean;
  readonly text: Text;
}

/** Looks with the probes, and proves. */
export interface Prover {
  /** @throws UserError where nothing can be examined */
  look(signal: AbortSignal): Promise<Look>;
  prove(terms: ProofTerms, signal: AbortSignal, tell: OnProgress): Promise<Proof>;
}

/** A person's answer, or the policy's. */
export type Consent = 'yes' | 'skip' | 'stop';

/** What happens, as it happens, for whoever watches. */
export type RunNews =
  | { readonly type: 'plan'; readonly plan: Plan }
  | { readonly type: 'begin'; readonly step: Step }
  | { readonly type: 'progress'; readonly text: Text }
  | { readonly type: 'end'; readonly step: Step; readonly outcome: Outcome }
  | { readonly type: 'refused'; readonly step: Step; readonly refusals: readonly Refusal[] }
  | { readonly type: 'look'; readonly diagnosis: Diagnosis }
  | { readonly type: 'evidence'; readonly file: string }
  | { readonly type: 'proof'; readonly proof: Proof }
  | { readonly type: 'stopped'; readonly text: Text };

/** Everything that a run uses of the world. */
export interface RunDeps {
  readonly run: string;
  readonly who: string;
  readonly version: string;
  readonly node: string;
  /** Null: this is not that host. */
  readonly host: Actor<HostAct> | null;
  /** Null: no API server. */
  readonly cluster: Actor<ClusterAct> | null;
  readonly prover: Prover;
  readonly journal: Journal;
  /** Null where the API server does not answer. */
  readonly clusterFacts: (signal: AbortSignal) => Promise<ClusterFacts | null>;
  /** What depends on the cluster as it is now, such as the room on other nodes. */
  readonly contextOf: (look: Look, signal: AbortSignal) => Promise<PlanContext>;
  /** Keeps a case file. @param name `before`, `before-reboot`, `after` @returns the file */
  readonly keep: (caseFile: CaseFile, name: string) => Promise<string>;
  readonly consent: (step: Step) => Promise<Consent>;
  /** Audit for everybody, in the cluster; it may fail. */
  readonly announce: (reason: string, message: string) => Promise<void>;
  readonly limits: GuardLimits;
  readonly proof: ProofTerms;
  readonly unattended: boolean;
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly tell: (news: RunNews) => void;
  readonly signal: AbortSignal;
}

/**
 * `back`: proven and returned. `nothing`: nothing was wrong or owed. `stands`: what could be done was done, and the
 * fault stands, or is left to people. `owes`: the node is well, but something changed for a time is not put back.
 */
export type RunResult = 'back' | 'nothing' | 'stands' | 'refused' | 'interrupted' | 'owes' | 'undone';
