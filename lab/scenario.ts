import type { CauseSlug } from '../src/causes/slugs.ts';
import type { EntityKind } from '../src/evidence/entity.ts';
import type { Text } from '../src/text/text.ts';
import type { Lab } from './lab.ts';

/** What a scenario needs of the machine. */
export type Need = 'docker' | 'containerd' | 'loop' | 'fuse' | 'cgroups' | 'cluster';

/** Whom the verdict must name: one of its attributes, its name or its id must be one of these values. */
export interface ExpectedSubject {
  readonly kind: EntityKind;
  readonly anyOf: readonly (string | number)[];
}

/** What is so, by construction: a diagnosis is held against it. */
export interface Truth {
  /** null: nothing is wrong, and nothing may be found. */
  readonly cause: CauseSlug | null;
  /** Kinds of the subjects that the verdict must name. */
  readonly subjects: readonly EntityKind[];
  readonly exitCode: 0 | 1;
  /** Actions of remedies that must be named, and said to work or not. */
  readonly remedies?: { readonly work: readonly string[]; readonly useless: readonly string[] };
  /** Causes that hold besides the verdict's and must be confirmed in the differential. */
  readonly alsoConfirmed?: readonly CauseSlug[];
  /** Causes that must be ruled out in the differential, by cited observations. */
  readonly ruledOut?: readonly CauseSlug[];
  readonly notes: Text;
}

/** A fault, made. */
export interface Staged {
  /** Runtime endpoints to hand to `diagnose`. */
  readonly endpoints: readonly string[];
  /** What notready is run under, as `setpriv` and its arguments: some things are wrong only for who looks so. */
  readonly under?: readonly string[];
  /** The very things at fault. */
  readonly subjects: readonly ExpectedSubject[];
  /** Commands by which a person sees it. */
  readonly look: readonly string[];
  /** Takes the fault away and nothing else; where it can be taken away. */
  readonly heal?: () => void;
}

export interface Scenario {
  readonly name: string;
  readonly title: Text;
  readonly needs: readonly Need[];
  readonly truth: Truth;
  /** Makes it. All that it does is in the lab's journal before it is done. */
  run(lab: Lab): Promise<Staged>;
}
