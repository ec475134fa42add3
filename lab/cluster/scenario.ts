import type { Text } from '../../src/text/text.ts';
import type { Lab } from '../lab.ts';
import type { Staged, Truth } from '../scenario.ts';
import type { Cluster } from './cluster.ts';
import type { KubeletRuntime } from './kubelet.ts';
import { BRISK, HASTY, STOCK, type Timing } from './timing.ts';

/** Status of a node's condition Ready. */
export type ReadyStatus = 'True' | 'False' | 'Unknown';

/** How Ready comes and goes while the fault is there. */
export interface Flaps {
  /** How often Ready is lost before the fault is taken back. */
  readonly losses: number;
  /** From one loss to the next. */
  readonly periodSeconds: number;
  /** By how much that may differ: the kubelet tells its status every so often. */
  readonly toleranceSeconds: number;
}

/** What is so on a cluster's node, by construction. */
export interface ClusterTruth extends Truth {
  /** What the node's Ready must come to; only then it is diagnosed. null: it must come to where nobody can read it. */
  readonly ready: ReadyStatus | null;
  /** Where Ready comes and goes: it is diagnosed each time in either state, and each forecast must come true. */
  readonly flaps?: Flaps;
  /** It is named for minutes after it is taken back, as likely and as past: Ready was lost for it. */
  readonly lingers?: true;
  /** Slug of the trigger that the verdict must name. */
  readonly trigger?: string;
  /** Fields of {@link Timing} that are shorter than in a cluster that nobody tuned. */
  readonly shortened: readonly string[];
}

/** A fault, made on a cluster's node. */
export interface ClusterStaged extends Omit<Staged, 'heal'> {
  /** Takes back what lives in the API server, pods apart, or in the kubelet's memory, after the journal has taken back the rest. */
  readonly heal?: () => Promise<void>;
}

export interface ClusterScenario {
  readonly name: string;
  readonly title: Text;
  readonly runtime: KubeletRuntime['kind'];
  readonly timing: Timing;
  readonly truth: ClusterTruth;
  /** It has a cluster of its own: others on it would see what it leaves in the log, such as a kubelet that starts time and again. */
  readonly alone?: true;
  /** Why there is no recording of it, where there is none. */
  readonly notRecorded?: string;
  /**
   * Makes it. All that it does to the host is in the lab's journal before it is done; objects of the API server live in
   * the lab's own etcd and end with it.
   */
  inject(cluster: Cluster, lab: Lab): Promise<ClusterStaged>;
}

type Pace = Pick<ClusterScenario, 'timing'> & Pick<ClusterTruth, 'shortened'>;

/** Of every scenario at the pace of tests. */
export const BRISKLY: Pace = { timing: BRISK, shortened: shortenedIn(BRISK) };

/** The same where calls to the runtime time out sooner: of every scenario on CRI. */
export const HASTILY: Pace = { timing: HASTY, shortened: shortenedIn(HASTY) };

function shortenedIn(timing: Timing): string[] {
  return Object.entries(STOCK).flatMap(([name, value]) =>
    Object.entries(timing).some(([n, v]) => n === name && v < value) ? [name] : [],
  );
}
