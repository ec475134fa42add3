import type { Candidate, ChainLink, Diagnosis, Finding, Subject } from '../diagnose/diagnosis.ts';
import type { Lang, Text } from '../text/text.ts';
import type { Timeline } from '../timeline/episode.ts';
import { titleOf } from '../timeline/titles.ts';
import { DIAGNOSIS_SCHEMA_VERSION, type DiagnosisJson } from './schema.ts';

/** The tool that made a diagnosis, as it goes into the JSON. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/**
 * A diagnosis in the form of `schema/diagnosis.schema.json`, its sentences in one language. Keys always come in the
 * same order, so that equal diagnoses give equal text.
 */
export function toJson(diagnosis: Diagnosis, lang: Lang, tool: Tool): DiagnosisJson {
  const say = (text: Text): string => text[lang];
  const sayOrNull = (text: Text | null): string | null => text?.[lang] ?? null;
  const findings = (list: readonly Finding[]) => list.map((f) => finding(f, lang));
  const { verdict, flaps } = diagnosis;
  return {
    schemaVersion: DIAGNOSIS_SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    lang,
    node: diagnosis.node,
    examined: {
      from: instant(diagnosis.examined.from),
      to: instant(diagnosis.examined.to),
      sources: diagnosis.examined.sources.map(({ what, status, tookMs }) => ({ what, status, tookMs })),
      unseen: diagnosis.examined.unseen.map(({ topic, why }) => ({ topic, why })),
    },
    verdict: verdict && {
      cause: verdict.cause,
      status: verdict.status,
      summary: say(verdict.summary),
      subjects: verdict.subjects.map(subject),
      confidence: verdict.confidence,
      ...(verdict.endedAt !== undefined && { endedAt: instant(verdict.endedAt) }),
      ...(verdict.trigger && {
        trigger: {
          kind: verdict.trigger.kind,
          text: say(verdict.trigger.text),
          subjects: verdict.trigger.subjects.map(subject),
        },
      }),
    },
    chain: diagnosis.chain.map((link) => chainLink(link, lang)),
    differential: diagnosis.differential.map((candidate) => candidateJson(candidate, lang)),
    symptoms: diagnosis.symptoms.map((s) => ({
      state: s.state,
      status: s.status,
      summary: sayOrNull(s.summary),
      subjects: s.subjects.map(subject),
      evidence: findings(s.evidence),
      explainedBy: s.explainedBy,
    })),
    flaps: flaps && {
      transitions: flaps.transitions,
      periodSeconds: flaps.periodSeconds,
      inferredRelistSeconds: flaps.inferredRelistSeconds,
      inferredHungCalls: flaps.inferredHungCalls,
      nextNotReady: flaps.nextNotReady && {
        at: instant(flaps.nextNotReady.at),
        withinSeconds: flaps.nextNotReady.withinSeconds,
      },
      readyAgainAt: flaps.readyAgainAt === null ? null : instant(flaps.readyAgainAt),
    },
    remedies: diagnosis.remedies.map((r) => ({
      action: r.action,
      title: say(r.title),
      works: r.works,
      why: say(r.why),
      command: r.command,
      risk: say(r.risk),
    })),
    notes: diagnosis.notes.map(say),
    timeline: timelineJson(diagnosis.timeline, lang),
  };
}

function timelineJson(timeline: Timeline, lang: Lang): DiagnosisJson['timeline'] {
  return {
    from: instant(timeline.from),
    to: instant(timeline.to),
    episodes: timeline.episodes.map((e) => ({
      kind: e.kind,
      title: titleOf(e)[lang],
      from: instant(e.from),
      to: instant(e.to),
      begun: e.begun,
      ended: e.ended,
      subject: e.subject,
      count: e.count,
      observation: e.observation,
      ...(e.side && { side: e.side }),
    })),
    omitted: timeline.omitted,
    correlations: timeline.correlations.map(({ kind, text }) => ({ kind, text: text[lang] })),
  };
}

/** As `-o json` prints it. */
export function formatJson(diagnosis: Diagnosis, lang: Lang, tool: Tool): string {
  return `${JSON.stringify(toJson(diagnosis, lang, tool), null, 2)}\n`;
}

function chainLink(link: ChainLink, lang: Lang): DiagnosisJson['chain'][number] {
  return {
    state: link.state,
    title: link.title[lang],
    status: link.status,
    mechanism: link.mechanism?.[lang] ?? null,
    subjects: link.subjects.map(subject),
    because: link.because.map((f) => finding(f, lang)),
  };
}

function candidateJson(candidate: Candidate, lang: Lang): DiagnosisJson['differential'][number] {
  return {
    cause: candidate.cause,
    status: candidate.status,
    confidence: candidate.confidence,
    summary: candidate.summary?.[lang] ?? null,
    subjects: candidate.subjects.map(subject),
    evidence: candidate.evidence.map((f) => finding(f, lang)),
    against: candidate.against.map((f) => finding(f, lang)),
    missing: candidate.missing.map((m) => ({ topic: m.topic, text: m.text[lang] })),
  };
}

function finding(f: Finding, lang: Lang): DiagnosisJson['symptoms'][number]['evidence'][number] {
  return { text: f.text[lang], observation: f.observation, source: f.source, command: f.command };
}

/** An attribute never hides what every subject has. */
function subject(s: Subject): DiagnosisJson['symptoms'][number]['subjects'][number] {
  return { ...s.attrs, kind: s.kind, name: s.name, id: s.id };
}

function instant(unixMs: number): string {
  return new Date(unixMs).toISOString();
}
