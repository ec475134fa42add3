import { nameOf } from '../causes/support/names.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import type { FactOf } from '../evidence/observation.ts';
import { CaseView } from '../evidence/view.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';

type Symptom = Diagnosis['symptoms'][number];

/** A node at one time, as far as it is held against another time. */
export interface Snapshot {
  readonly diagnosis: Diagnosis;
  /** As the node object or the kubelet's log last said it; null where neither was seen. */
  readonly ready: FactOf<'node-ready'> | null;
  /** Conditions other than Ready that are not as they should be. */
  readonly conditions: readonly FactOf<'node-condition'>[];
  /** Containers whose status did not come when it was asked for, by name. */
  readonly hung: readonly string[];
  /** Of the kubelet's metrics, ms; null where they were not seen. */
  readonly relistAgeMs: number | null;
  readonly relistMeanMs: number | null;
}

/** What a node's two times have to do with each other. */
export interface Comparison {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly sameNode: boolean;
  /** `resolved`: something was wrong, and nothing is. `same`, `other`: the cause is the same, or another. */
  readonly outcome: 'well' | 'resolved' | 'broke' | 'same' | 'other';
  readonly gone: readonly Symptom[];
  readonly appeared: readonly Symptom[];
  readonly stayed: readonly Symptom[];
}

/** Holds two case files of a node against each other. Pure, as {@link diagnose} is. */
export function compareCases(earlier: CaseFile, later: CaseFile): Comparison {
  const [before, after] = [snapshotOf(earlier), snapshotOf(later)];
  const [was, is] = [before.diagnosis.symptoms, after.diagnosis.symptoms];
  const had = new Set(was.map((s) => s.state));
  const has = new Set(is.map((s) => s.state));
  return {
    before,
    after,
    sameNode: before.diagnosis.node === after.diagnosis.node,
    outcome: outcomeOf(before.diagnosis.verdict, after.diagnosis.verdict),
    gone: was.filter((s) => !has.has(s.state)),
    appeared: is.filter((s) => !had.has(s.state)),
    stayed: is.filter((s) => had.has(s.state)),
  };
}

function outcomeOf(was: Diagnosis['verdict'], is: Diagnosis['verdict']): Comparison['outcome'] {
  if (was === null) return is === null ? 'well' : 'broke';
  if (is === null) return 'resolved';
  return was.cause === is.cause ? 'same' : 'other';
}

function snapshotOf(caseFile: CaseFile): Snapshot {
  const view = new CaseView(caseFile);
  const stated = view.all('node-ready').toSorted((a, b) => a.at - b.at);
  const pleg = view.all('kubelet-pleg').at(-1)?.fact;
  return {
    diagnosis: diagnose(caseFile),
    ready: stated.at(-1)?.fact ?? null,
    conditions: view.all('node-condition').flatMap(({ fact }) => (fact.status === 'False' ? [] : [fact])),
    hung: hungContainers(view),
    relistAgeMs: pleg?.lastSeenAgeMs ?? null,
    relistMeanMs: pleg?.relistMeanMs ?? null,
  };
}

function hungContainers(view: CaseView): readonly string[] {
  const unanswered = view.all('call').filter((o) => o.fact.call === 'status' && o.fact.outcome === 'timeout');
  const ids = new Set(unanswered.flatMap((o) => o.about.filter((id) => id.startsWith('container:'))));
  return [...ids].map((id) => nameOf(view, id)).toSorted();
}
