import type { CaseFile } from './case-file.ts';
import type { Entity, EntityId, EntityKind, Relation } from './entity.ts';
import type { FactOf, FactType, Observation } from './observation.ts';
import type { Source } from './source.ts';
import type { Topic } from './vocabulary/limits.ts';

/** A case file with indexes: all that causes and diagnosis may look at. Pure; builds once, answers often. */
export class CaseView {
  readonly caseFile: CaseFile;
  /** The end of the examination, Unix ms: "now" for every diagnosis. */
  readonly now: number;
  readonly #byType = new Map<FactType, Observation[]>();
  readonly #byEntity = new Map<EntityId, Observation[]>();
  readonly #byId: Map<string, Observation>;
  readonly #entities: Map<EntityId, Entity>;
  readonly #sources: Map<string, Source>;
  readonly #out = new Map<string, EntityId[]>();
  readonly #in = new Map<string, EntityId[]>();

  constructor(caseFile: CaseFile) {
    this.caseFile = caseFile;
    this.now = caseFile.examined.to;
    this.#entities = new Map(caseFile.entities.map((e) => [e.id, e]));
    this.#sources = new Map(caseFile.sources.map((s) => [s.id, s]));
    const observations = caseFile.observations as Observation[];
    this.#byId = new Map(observations.map((o) => [o.id, o]));
    for (const o of observations) {
      push(this.#byType, o.fact.type, o);
      for (const id of o.about) push(this.#byEntity, id, o);
    }
    for (const { from, rel, to } of caseFile.links) {
      push(this.#out, `${rel} ${from}`, to);
      push(this.#in, `${rel} ${to}`, from);
    }
  }

  /** Every observation of a type, in the case file's order. */
  all<T extends FactType>(type: T): readonly Observation<T>[] {
    return (this.#byType.get(type) ?? []) as unknown as readonly Observation<T>[];
  }

  /** Observations of a type about an entity. */
  about<T extends FactType>(id: EntityId, type: T): readonly Observation<T>[] {
    const found = (this.#byEntity.get(id) ?? []).filter((o) => o.fact.type === type);
    return found as unknown as readonly Observation<T>[];
  }

  /** The newest observation of a type about an entity. */
  latest<T extends FactType>(id: EntityId, type: T): Observation<T> | null {
    return this.about(id, type).reduce<Observation<T> | null>((a, b) => (a && a.at > b.at ? a : b), null);
  }

  /** The newest fact of a type about an entity. */
  fact<T extends FactType>(id: EntityId, type: T): FactOf<T> | null {
    return this.latest(id, type)?.fact ?? null;
  }

  observation(id: string): Observation | null {
    return this.#byId.get(id) ?? null;
  }

  entity(id: EntityId): Entity | null {
    return this.#entities.get(id) ?? null;
  }

  entities(kind: EntityKind): readonly Entity[] {
    return this.caseFile.entities.filter((e) => e.kind === kind);
  }

  /** Where an entity's links of a relation lead: `view.to(thread, 'of-process')`. */
  to(from: EntityId, rel: Relation): readonly EntityId[] {
    return this.#out.get(`${rel} ${from}`) ?? [];
  }

  /** What links to an entity by a relation: `view.from(container, 'supervises')` are its shims. */
  from(to: EntityId, rel: Relation): readonly EntityId[] {
    return this.#in.get(`${rel} ${to}`) ?? [];
  }

  source(observation: Observation): Source | null {
    return this.#sources.get(observation.source) ?? null;
  }

  /** Gaps of a topic, whole or partial. */
  gaps(topic: Topic): readonly Observation<'gap'>[] {
    return this.all('gap').filter((g) => g.fact.topic === topic);
  }

  /** False where the whole topic could not be looked at. A topic that is `absent` here was looked at: there is nothing. */
  examined(topic: Topic): boolean {
    return !this.gaps(topic).some((g) => !g.fact.partial && g.fact.why !== 'absent');
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
