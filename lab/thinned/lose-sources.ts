import type { CaseFile } from '../../src/evidence/case-file.ts';
import { type EntityId, entityId, type Link } from '../../src/evidence/entity.ts';
import type { FactOf } from '../../src/evidence/observation.ts';
import { withDependents } from './dependents.ts';
import { topicsOf } from './topics-of.ts';

type Why = Exclude<FactOf<'gap'>['why'], 'absent' | 'not-here'>;
type Seen = CaseFile['observations'][number];

/**
 * The case file as it would be had these sources not been read: their facts go, what could not be read without them
 * goes, entities and links of which nothing else speaks go, and each leaves a gap as its probe writes it.
 */
export function loseSources(caseFile: CaseFile, ids: ReadonlySet<string>, why: Why): CaseFile {
  const lost = withDependents(caseFile.sources, ids);
  const components = lostComponents(caseFile, lost);
  const kept = caseFile.observations.filter((o) => !lost.has(o.source) && !o.about.some((id) => components.has(id)));
  const known = knownAfter(caseFile, kept);
  const gaps = gapsOf(caseFile, lost, why);
  return {
    ...caseFile,
    sources: caseFile.sources.map((s) => (lost.has(s.id) ? { ...s, status: 'failed' as const, error: why } : s)),
    entities: caseFile.entities.filter((e) => known.has(e.id)),
    links: caseFile.links.filter(linkFilter(caseFile, lost, known)),
    observations: [...kept, ...gaps],
  };
}

/** A daemon whose own files were not read is not known: what was read of its cgroup or its limits neither. */
function lostComponents({ observations }: CaseFile, lost: ReadonlySet<string>): ReadonlySet<EntityId> {
  const told = (o: Seen): boolean => o.fact.type === 'component';
  return new Set(observations.filter((o) => told(o) && lost.has(o.source)).flatMap((o) => o.about.slice(0, 1)));
}

/** Entities of which something kept speaks, and those of which no fact ever spoke but links that stay. */
function knownAfter({ entities, observations }: CaseFile, kept: readonly Seen[]): ReadonlySet<EntityId> {
  const spokenOf = new Set(observations.flatMap((o) => o.about));
  const still = new Set(kept.flatMap((o) => o.about));
  return new Set(entities.map((e) => e.id).filter((id) => still.has(id) || !spokenOf.has(id)));
}

/** Probes that write a link. */
const WRITERS: Readonly<Record<Link['rel'], readonly string[]>> = {
  'member-of': ['docker', 'cri', 'processes', 'cni', 'kube-api'],
  'served-by': ['docker', 'cri', 'containerd'],
  runs: ['docker', 'cri', 'containerd', 'processes'],
  supervises: ['processes'],
  'is-process': ['processes', 'components'],
  'child-of': ['processes'],
  'in-container': ['processes'],
  'of-process': ['processes'],
  'waits-on': ['processes'],
  uses: ['processes'],
  mounts: ['processes'],
  'on-device': ['processes', 'mounts'],
  'listens-on': ['components'],
  'in-cgroup': ['processes', 'cgroups'],
  'stored-on': ['mounts'],
};

/** Keeps a link whose ends are both known, unless all that speaks of them and writes such links is lost. */
function linkFilter(caseFile: CaseFile, lost: ReadonlySet<string>, known: ReadonlySet<EntityId>) {
  const probeOf = new Map(caseFile.sources.map((s) => [s.id, s.probe]));
  const pairs = caseFile.observations.flatMap((o) => o.about.map((id) => ({ id, o })));
  const speakers = Map.groupBy(pairs, (p) => p.id);
  return ({ from, rel, to }: Link): boolean => {
    if (!known.has(from) || !known.has(to)) return false;
    const own = [...(speakers.get(from) ?? []), ...(speakers.get(to) ?? [])].filter(({ o }) =>
      WRITERS[rel].includes(probeOf.get(o.source) ?? ''),
    );
    return own.length === 0 || own.some(({ o }) => !lost.has(o.source));
  };
}

/** A gap of each topic of each lost source; the topic is lost in part where another source speaks of it still. */
function gapsOf({ sources, observations, examined }: CaseFile, lost: ReadonlySet<string>, why: Why): Seen[] {
  const seen = Map.groupBy(observations, (o) => o.source);
  const topics = sources.map((source) => ({ source, topics: topicsOf(source, seen.get(source.id) ?? []) }));
  const left = new Set(topics.filter(({ source }) => !lost.has(source.id)).flatMap((t) => t.topics));
  return topics
    .filter(({ source }) => lost.has(source.id))
    .flatMap(({ source, topics }) =>
      topics.map((topic) => ({
        id: `gap-${source.id}-${topic}`,
        at: examined.to,
        source: source.id,
        about: [entityId.node()],
        fact: { type: 'gap' as const, topic, why, partial: left.has(topic), detail: source.what },
      })),
    );
}
