import type { Cause, Remedy } from '../causes/cause.ts';
import { CAUSES } from '../causes/index.ts';
import type { CauseSlug } from '../causes/slugs.ts';
import { SYMPTOMS } from '../causes/states/index.ts';
import { holds } from '../causes/support/assessment.ts';
import { say } from '../causes/support/say.ts';
import { doubted } from '../causes/weights.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { CaseView } from '../evidence/view.ts';
import { joinTexts } from '../text/text.ts';
import { buildTimeline } from '../timeline/timeline.ts';
import { buildChain } from './chain.ts';
import type { ChainLink, Diagnosis } from './diagnosis.ts';
import { buildDifferential } from './differential.ts';
import { toFindings } from './finding.ts';
import { inferFlaps } from './flaps.ts';
import { buildGraph, type Graph } from './graph.ts';
import { adviseNext, nextTopics } from './next-steps.ts';
import { buildNotes } from './notes.ts';
import { lastTrouble, toldAsPast } from './past.ts';
import { toSubjects } from './subjects.ts';
import { findTrigger } from './trigger.ts';
import { listUnseen } from './unseen.ts';
import { type Conclusion, confirmedSymptoms, explainedBy, findRoot } from './verdict.ts';

/**
 * Says from one case file what is wrong, why, and what helps. Pure: it reads no clock, file or socket, and the same
 * case file always gives the same answer.
 */
export function diagnose(caseFile: CaseFile): Diagnosis {
  const view = new CaseView(caseFile);
  const present = diagnosePresent(view);
  const past = lastTrouble(view, present);
  return past === null ? present : toldAsPast(diagnosePresent(new CaseView(past.caseFile)), present, past);
}

/** What is so at the end of the examination. */
function diagnosePresent(view: CaseView): Diagnosis {
  const { caseFile } = view;
  const graph = buildGraph(view, [...CAUSES, ...SYMPTOMS]);
  const found = findRoot(graph);
  const chain = found.kind === 'cause' ? buildChain(graph, found.root) : [];
  const flaps = inferFlaps(view);
  return {
    node: nodeName(view),
    examined: {
      from: caseFile.examined.from,
      to: caseFile.examined.to,
      sources: caseFile.sources.map(({ what, status, tookMs }) => ({ what, status, tookMs })),
      unseen: listUnseen(view),
    },
    verdict: toVerdict(graph, found),
    chain,
    differential: buildDifferential(graph, CAUSES, found),
    symptoms: listSymptoms(graph, chain),
    flaps,
    timeline: buildTimeline(view),
    remedies: listRemedies(graph, found),
    notes: buildNotes(graph, CAUSES, found, chain, flaps),
  };
}

/** As its cluster calls it, which may differ from the host's own name. */
function nodeName(view: CaseView): string {
  const inCluster = view.all('node-object').at(-1)?.fact.name;
  return inCluster ?? view.all('host').at(-1)?.fact.hostname ?? view.entity('node:this')?.name ?? 'node';
}

function toVerdict(graph: Graph, found: Conclusion): Diagnosis['verdict'] {
  if (found.kind === 'healthy') return null;
  if (found.kind === 'undetermined') return undetermined(graph);
  const cause = causeOf(found.root);
  const assessment = graph.nodes.get(found.root)?.assessment;
  if (cause === undefined || assessment === undefined) return undetermined(graph);
  const trigger = findTrigger(graph.view, found.root, assessment.subjects);
  const unsettled = found.behind.length > 0 && assessment.status === 'confirmed';
  return {
    cause: found.root,
    title: cause.title,
    // It holds; whether it is the root is another question.
    status: unsettled ? 'likely' : assessment.status,
    summary: assessment.summary ?? cause.title,
    subjects: toSubjects(graph.view, assessment.subjects),
    confidence: unsettled ? doubted(assessment.confidence, ['deeperUnseen']) : assessment.confidence,
    ...(trigger && { trigger }),
  };
}

/** Something is wrong and nothing says why: names what is seen, and what to collect next. */
function undetermined(graph: Graph): NonNullable<Diagnosis['verdict']> {
  const symptoms = confirmedSymptoms(graph);
  const seen = joinTexts(
    symptoms.map((n) => n.state.title),
    say('; ', '；'),
  );
  const topics = nextTopics(
    graph,
    CAUSES,
    symptoms.map((n) => n.state.id),
  );
  const advice = adviseNext(topics, graph.view);
  return {
    cause: 'undetermined',
    title: say('The evidence shows the symptom, not the cause', '证据只显示了现象，没有显示原因'),
    status: 'confirmed',
    summary: say(`Seen, but not explained: ${seen.en}.${advice.en}`, `已看到但无法解释：${seen.zh}。${advice.zh}`),
    subjects: toSubjects(
      graph.view,
      symptoms.flatMap((n) => n.assessment.subjects),
    ),
    confidence: Math.max(...symptoms.map((n) => n.assessment.confidence)),
  };
}

function listSymptoms(graph: Graph, chain: readonly ChainLink[]): Diagnosis['symptoms'] {
  const path = chain.map((l) => l.state).toReversed();
  return SYMPTOMS.flatMap((state) => {
    const assessment = graph.nodes.get(state.id)?.assessment;
    if (assessment === undefined || !holds(assessment)) return [];
    return [
      {
        state: state.id,
        title: state.title,
        status: assessment.status,
        summary: assessment.summary,
        subjects: toSubjects(graph.view, assessment.subjects),
        evidence: toFindings(graph.view, assessment.evidence),
        explainedBy: explainedBy(graph, state.id, path),
      },
    ];
  });
}

/** The verdict's remedies; then what works on faults independent of it, for they need curing too. */
function listRemedies(graph: Graph, found: Conclusion): readonly Remedy[] {
  if (found.kind !== 'cause') return [];
  const own = remediesOf(graph, found.root);
  const others = found.others
    .flatMap((slug) => remediesOf(graph, slug))
    .filter((r) => r.works && r.action !== 'reboot');
  const once = new Map([...own, ...others].map((r) => [`${r.action} ${r.command} ${r.works}`, r]));
  return [...once.values()];
}

function remediesOf(graph: Graph, slug: CauseSlug): readonly Remedy[] {
  const assessment = graph.nodes.get(slug)?.assessment;
  return assessment === undefined ? [] : (causeOf(slug)?.remedies(graph.view, assessment) ?? []);
}

function causeOf(slug: CauseSlug): Cause | undefined {
  return CAUSES.find((c) => c.id === slug);
}
