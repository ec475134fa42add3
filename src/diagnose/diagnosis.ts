import type { Remedy, Status } from '../causes/cause.ts';
import type { CauseSlug, StateId } from '../causes/slugs.ts';
import type { EntityId } from '../evidence/entity.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { Text } from '../text/text.ts';
import type { Timeline } from '../timeline/episode.ts';

/** A sentence, the observation behind it, and how to see it oneself. */
export interface Finding {
  readonly text: Text;
  readonly observation: string;
  /** What was read. */
  readonly source: string;
  readonly command: string | null;
}

export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly id: EntityId;
  /** pid, tid, container id, pod, namespace, path, device ... */
  readonly attrs: Readonly<Record<string, string | number | boolean>>;
}

/** One state on the way from root to symptom. */
export interface ChainLink {
  readonly state: StateId;
  readonly title: Text;
  /** `expected`: follows from the state before it, but was not itself seen (no kubelet here, or not yet). */
  readonly status: Status | 'expected';
  readonly subjects: readonly Subject[];
  readonly because: readonly Finding[];
  /** How the state before it brings this one about; null for the root. */
  readonly mechanism: Text | null;
}

export interface Candidate {
  readonly cause: CauseSlug;
  readonly title: Text;
  readonly status: Status;
  readonly confidence: number;
  readonly summary: Text | null;
  readonly subjects: readonly Subject[];
  readonly evidence: readonly Finding[];
  readonly against: readonly Finding[];
  readonly missing: readonly { readonly topic: Topic; readonly text: Text }[];
}

/** What made a fault show that might have gone unnoticed: the kubelet meets a hung container only when its pod changes. */
export interface Trigger {
  readonly kind: 'crash-loop' | 'forced-deletion' | 'drain';
  readonly text: Text;
  readonly subjects: readonly Subject[];
}

/** The answer. Everything in it comes from the case file; the same case file always gives the same answer. */
export interface Diagnosis {
  readonly node: string;
  readonly examined: {
    readonly from: number;
    readonly to: number;
    readonly sources: readonly { readonly what: string; readonly status: string; readonly tookMs: number }[];
    /** What matters most and could not be looked at at all: with it, "nothing wrong" is no clean bill of health. */
    readonly unseen: readonly {
      readonly topic: Topic;
      readonly why: 'not-here' | 'no-permission' | 'stuck' | 'budget' | 'failed';
    }[];
  };
  readonly verdict: {
    /** `undetermined`: something is wrong and the evidence does not say why. */
    readonly cause: CauseSlug | 'undetermined';
    readonly title: Text;
    readonly status: Status;
    readonly summary: Text;
    readonly subjects: readonly Subject[];
    readonly confidence: number;
    /** When the fault was over, Unix ms; absent where it is present. */
    readonly endedAt?: number;
    /** What made the fault show; absent where the evidence does not tell. */
    readonly trigger?: Trigger;
  } | null;
  /** Root first, symptom last; empty without a verdict. */
  readonly chain: readonly ChainLink[];
  /** Every candidate, ruled in or out, the most likely first. */
  readonly differential: readonly Candidate[];
  /** States seen to hold; `explainedBy` null: nothing found explains it. */
  readonly symptoms: readonly {
    readonly state: StateId;
    readonly title: Text;
    readonly status: Status;
    readonly summary: Text | null;
    readonly subjects: readonly Subject[];
    readonly evidence: readonly Finding[];
    readonly explainedBy: StateId | null;
  }[];
  readonly flaps: {
    readonly transitions: number;
    readonly periodSeconds: number | null;
    readonly inferredRelistSeconds: number | null;
    readonly inferredHungCalls: number | null;
    /** When Ready will be lost next, Unix ms, give or take so many seconds; null where the evidence foretells none. */
    readonly nextNotReady: { readonly at: number; readonly withinSeconds: number } | null;
    /** When a node that is NotReady now will be Ready again, Unix ms; null while it is Ready or where that is not known. */
    readonly readyAgainAt: number | null;
  } | null;
  /** The time before the examination, as far as the evidence tells of it. */
  readonly timeline: Timeline;
  readonly remedies: readonly Remedy[];
  /** What was not examined, what else was noticed. */
  readonly notes: readonly Text[];
}
