import type { EntityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { Text } from '../text/text.ts';
import type { CauseSlug, StateId } from './slugs.ts';
import type { EvidenceKind } from './weights.ts';

/** How sure the evidence makes us that a state holds. */
export const STATUSES = ['confirmed', 'likely', 'possible', 'ruled-out', 'not-examined'] as const;
export type Status = (typeof STATUSES)[number];

/** A sentence and the observation that says so. */
export interface Evidence {
  /** Id of an observation of the case file. */
  readonly observation: string;
  readonly text: Text;
}

/** What was not seen, and what would show it. */
export interface Missing {
  readonly topic: Topic;
  readonly text: Text;
}

/** A cause or symptom held against one case file. */
export interface Assessment {
  readonly status: Status;
  /** 0 to 1: how far the evidence carries the status. */
  readonly confidence: number;
  /** The strongest kind of evidence for it; absent where nothing speaks for it, or it was weighed in another way. */
  readonly restsOn?: EvidenceKind;
  /** Who is at fault or affected, the culprit first. */
  readonly subjects: readonly EntityId[];
  /** What speaks for it, the strongest first. */
  readonly evidence: readonly Evidence[];
  /** What speaks against it. */
  readonly against: readonly Evidence[];
  readonly missing: readonly Missing[];
  /** One sentence that names the subjects; null where there is nothing to say. */
  readonly summary: Text | null;
}

/** Where a fact about the kubelet, a runtime or the kernel comes from. */
export interface Reference {
  readonly title: string;
  /** A URL or `file @ version`. */
  readonly where: string;
}

/** A mechanism: the state that has it brings about `state`. */
export interface Effect {
  readonly state: StateId;
  readonly mechanism: Text;
  readonly reference: Reference;
  /** Whether it holds between these two here: usually that they share a subject. Always, where not given. */
  links?(from: Assessment, to: Assessment, view: CaseView): boolean;
  /**
   * Given time it follows in every case, on its own: a chain may then name `state` as expected although it was not
   * seen. False where not given.
   */
  readonly inevitable?: boolean;
}

/** A node of the causal graph. */
export interface State<Id extends StateId = StateId> {
  readonly id: Id;
  /** A few words: `filesystem or device does not answer`. */
  readonly title: Text;
  readonly assess: (view: CaseView) => Assessment;
  readonly leadsTo: readonly Effect[];
}

/** The very thing that a remedy acts upon, as the case file names it: what a plan is made of. */
export type RemedyTarget =
  /** A path by which the host reaches the mount. */
  | { readonly kind: 'mountpoint'; readonly path: string }
  /** `dm-0` */
  | { readonly kind: 'device'; readonly name: string }
  /** As in /sys/fs/fuse/connections. */
  | { readonly kind: 'fuse-connection'; readonly connection: number }
  | { readonly kind: 'process'; readonly pid: number }
  /** `dockerd`, `containerd`, `crio`, `kubelet` */
  | { readonly kind: 'daemon'; readonly name: string };

/** Something an operator may think of doing, and whether it will help here. */
export interface Remedy {
  /** kebab-case, one word per meaning over all causes: `thaw-filesystem`, `kill-process`, `kill-shim`, `restart-runtime`, `reboot` ... */
  readonly action: string;
  readonly title: Text;
  readonly works: boolean;
  readonly why: Text;
  /** The exact command, for this very case; null where it is not one command. */
  readonly command: string | null;
  /** What it can break. */
  readonly risk: Text;
  /** Absent where the case names no one thing, or where it cannot help anyway. */
  readonly on?: RemedyTarget;
}

/** A root that a verdict may name: one file in src/causes. */
export interface Cause extends State<CauseSlug> {
  /** What it is and how it takes Ready away, in a short paragraph for `notready explain`. */
  readonly about: Text;
  readonly shownBy: readonly Text[];
  readonly ruledOutBy: readonly Text[];
  readonly references: readonly Reference[];
  /** What works, cheapest and safest first, then what does not and why. */
  readonly remedies: (view: CaseView, assessment: Assessment) => readonly Remedy[];
  /** Remedies in general, for `explain`, where no case is at hand. */
  readonly generalRemedies: readonly Remedy[];
  /** Commands by which a person confirms it. */
  readonly confirm: readonly { readonly command: string; readonly shows: Text }[];
}
