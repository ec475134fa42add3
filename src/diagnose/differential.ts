import type { Cause } from '../causes/cause.ts';
import { STATUSES } from '../causes/cause.ts';
import type { Candidate } from './diagnosis.ts';
import { toFindings } from './finding.ts';
import type { Graph } from './graph.ts';
import { toSubjects } from './subjects.ts';
import type { Conclusion } from './verdict.ts';

/** Every candidate, the verdict first, then by how sure the evidence is; equals in the catalogue's order. */
export function buildDifferential(graph: Graph, causes: readonly Cause[], found: Conclusion): readonly Candidate[] {
  const roots: readonly string[] = found.kind === 'cause' ? [found.root, ...found.others] : [];
  const rank = (c: Candidate): number =>
    roots.includes(c.cause) ? roots.indexOf(c.cause) - roots.length : STATUSES.indexOf(c.status);
  return causes
    .map((cause) => toCandidate(graph, cause))
    .toSorted((a, b) => rank(a) - rank(b) || b.confidence - a.confidence);
}

function toCandidate({ view, nodes }: Graph, cause: Cause): Candidate {
  const assessment = nodes.get(cause.id)?.assessment ?? cause.assess(view);
  return {
    cause: cause.id,
    title: cause.title,
    status: assessment.status,
    confidence: assessment.confidence,
    summary: assessment.summary,
    subjects: toSubjects(view, assessment.subjects),
    evidence: toFindings(view, assessment.evidence),
    against: toFindings(view, assessment.against),
    missing: assessment.missing,
  };
}
