import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { LOG_SIGNALS } from '../evidence/vocabulary/signal.ts';
import type { Episode, EpisodeKind } from './episode.ts';
import { moment } from './make.ts';
import { mergeBySubject } from './merge.ts';
import { containerFact, containerIn, subjectOfLine } from './subject.ts';

type Signal = (typeof LOG_SIGNALS)[number];

interface Rule {
  readonly kind: EpisodeKind;
  /** Lines this close tell of one episode: how often the kubelet or runtime says it again while it holds. */
  readonly withinMs: number;
  /** Whether lines of each container or pod are an episode of their own. */
  readonly bySubject: boolean;
}

const MINUTE = 60_000;

/** The kubelet's back-off before a restart ends at five minutes (MaxContainerBackOff in pkg/kubelet/kubelet.go @ v1.20.2). */
const BACK_OFF_MS = 6 * MINUTE;

const RULES: Partial<Record<Signal, Rule>> = {
  'relist-failed': { kind: 'runtime-down', withinMs: MINUTE, bySubject: false },
  'runtime-down': { kind: 'runtime-down', withinMs: MINUTE, bySubject: false },
  'network-not-ready': { kind: 'network-not-ready', withinMs: MINUTE, bySubject: false },
  'cni-failed': { kind: 'network-not-ready', withinMs: MINUTE, bySubject: false },
  'container-kill-failed': { kind: 'kill-failed', withinMs: 5 * MINUTE, bySubject: true },
  'kubelet-started': { kind: 'kubelet-started', withinMs: 0, bySubject: false },
  'kubelet-failed': { kind: 'daemon-failed', withinMs: MINUTE, bySubject: false },
  'unit-failed': { kind: 'daemon-failed', withinMs: MINUTE, bySubject: false },
  'disk-pressure': { kind: 'pressure', withinMs: 5 * MINUTE, bySubject: false },
  'memory-pressure': { kind: 'pressure', withinMs: 5 * MINUTE, bySubject: false },
  'pid-pressure': { kind: 'pressure', withinMs: 5 * MINUTE, bySubject: false },
  'no-processes-left': { kind: 'pressure', withinMs: 5 * MINUTE, bySubject: false },
  eviction: { kind: 'eviction', withinMs: MINUTE, bySubject: true },
  'pod-deleted': { kind: 'pod-deleted', withinMs: MINUTE, bySubject: true },
  'container-died': { kind: 'container-died', withinMs: 0, bySubject: true },
  'container-back-off': { kind: 'crash-loop', withinMs: BACK_OFF_MS, bySubject: true },
  'shim-disconnected': { kind: 'container-died', withinMs: 0, bySubject: true },
  'api-server-unreachable': { kind: 'api-unreachable', withinMs: MINUTE, bySubject: false },
  'api-server-unauthorized': { kind: 'api-unreachable', withinMs: MINUTE, bySubject: false },
};

/** Lines of a log that tell of one thing again and again, as one episode each. */
export function signalEpisodes(view: CaseView): readonly Episode[] {
  const byRule = Map.groupBy(view.all('log-signal'), (o) => ruleFor(view, o));
  return [...byRule].flatMap(([rule, lines]) => (rule === null ? [] : ofOneRule(view, rule, lines)));
}

const SHIM_LOST: Rule = { kind: 'shim-lost', withinMs: 0, bySubject: true };

/** containerd writes of a lost shim after each ordinary end of a container, too; one that runs on has lost it. */
function ruleFor(view: CaseView, { fact, about }: Observation<'log-signal'>): Rule | null {
  const container = fact.signal === 'shim-disconnected' ? containerIn(about) : null;
  const runsOn = container !== null && containerFact(view, container)?.state === 'running';
  return runsOn ? SHIM_LOST : (RULES[fact.signal] ?? null);
}

function ofOneRule(
  view: CaseView,
  { kind, withinMs, bySubject }: Rule,
  lines: readonly Observation<'log-signal'>[],
): readonly Episode[] {
  const told = lines.map((o) => moment(kind, o, bySubject ? subjectOfLine(view, o) : {}));
  return mergeBySubject(told, withinMs).map((e) => present(view, e, withinMs));
}

/** What is said again and again while it holds, holds still if it was said just now. */
function present(view: CaseView, episode: Episode, withinMs: number): Episode {
  const lasting = withinMs > 0 && episode.kind !== 'pod-deleted' && episode.kind !== 'eviction';
  if (!lasting || view.now - episode.to > withinMs) return episode;
  return { ...episode, to: Math.max(episode.to, view.now), ended: 'going-on' };
}
