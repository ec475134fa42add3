import { CASE_FORMAT_VERSION, type CaseFile } from './case-file.ts';
import { clean } from './clean.ts';
import type { Entity, EntityId, EntityKind, Link, Relation } from './entity.ts';
import type { Fact } from './observation.ts';
import type { Source } from './source.ts';

type SourceEnd = { readonly status: Source['status']; readonly error?: string };
interface OpenSource extends Omit<Source, 'id'> {
  facts: { at: number; about: readonly EntityId[]; fact: Fact }[];
}

/** Collects what one probe saw from one source. */
export interface SourceRecorder {
  /**
   * @param about what the fact is about, main subject first
   * @param at when it held, Unix ms; now where not given
   */
  observe(fact: Fact, about: readonly EntityId[], at?: number): void;
  /** Must be called once; a source never ended counts as `timeout`. */
  end(end: SourceEnd): void;
}

/** What a probe writes to. After the budget it is sealed: late writes are dropped. */
export interface ProbeRecorder {
  source(what: string, command: string | null): SourceRecorder;
  /** Names an entity; further calls for the same id add attributes. Returns the id. */
  entity(id: EntityId, name: string, attrs?: Entity['attrs']): EntityId;
  link(from: EntityId, rel: Relation, to: EntityId): void;
}

class ProbeNotes implements ProbeRecorder {
  readonly sources: OpenSource[] = [];
  readonly entities: { id: EntityId; name: string; attrs: Entity['attrs'] }[] = [];
  readonly links: Link[] = [];
  sealed = false;
  readonly probe: string;
  readonly now: () => number;

  constructor(probe: string, now: () => number) {
    this.probe = probe;
    this.now = now;
  }

  source(what: string, command: string | null): SourceRecorder {
    const startedAt = this.now();
    const open: OpenSource = {
      probe: this.probe,
      what,
      command,
      startedAt,
      tookMs: 0,
      status: 'timeout',
      error: null,
      facts: [],
    };
    if (!this.sealed) this.sources.push(open);
    return {
      observe: (fact, about, at = this.now()) => {
        if (!this.sealed) open.facts.push({ at, about, fact });
      },
      end: ({ status, error }) => {
        if (this.sealed) return;
        open.status = status;
        open.error = error ?? null;
        open.tookMs = this.now() - startedAt;
      },
    };
  }

  entity(id: EntityId, name: string, attrs: Entity['attrs'] = {}): EntityId {
    if (!this.sealed) this.entities.push({ id, name, attrs });
    return id;
  }

  link(from: EntityId, rel: Relation, to: EntityId): void {
    if (!this.sealed) this.links.push({ from, rel, to });
  }

  wrote(): boolean {
    return this.sources.some((s) => s.facts.length > 0);
  }

  /** Ends what is still open: the budget is over. */
  seal(): void {
    for (const s of this.sources) {
      if (s.status === 'timeout' && s.tookMs === 0) s.tookMs = this.now() - s.startedAt;
    }
    this.sealed = true;
  }
}

/** Gathers what the probes write into one case file. */
export class CaseRecorder {
  readonly #probes: ProbeNotes[] = [];
  readonly #now: () => number;
  readonly #from: number;

  /** @param now Unix ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#from = now();
  }

  /** Probes appear in the case file in the order of these calls, however they interleave. */
  probe(name: string): ProbeRecorder & { wrote(): boolean } {
    const notes = new ProbeNotes(name, this.#now);
    this.#probes.push(notes);
    return notes;
  }

  /** Seals every probe; all text is made harmless and secrets are taken out, so that a bundle holds what was diagnosed. */
  finish(toolVersion: string): CaseFile {
    for (const p of this.#probes) p.seal();
    const sources: CaseFile['sources'] = [];
    const observations: CaseFile['observations'] = [];
    for (const open of this.#probes.flatMap((p) => p.sources)) {
      const { facts, ...rest } = open;
      const id = `s${sources.length + 1}`;
      sources.push(clean({ id, ...rest }));
      for (const { at, about, fact } of facts) {
        observations.push(clean({ id: `o${observations.length + 1}`, at, source: id, about: [...about], fact }));
      }
    }
    const links = uniqueLinks(clean(this.#probes.flatMap((p) => p.links)));
    const named = clean(this.#probes.flatMap((p) => p.entities));
    return {
      formatVersion: CASE_FORMAT_VERSION,
      tool: { name: 'notready', version: toolVersion },
      examined: { from: this.#from, to: this.#now() },
      sources,
      entities: mergeEntities(named, [
        ...links.flatMap((l) => [l.from, l.to]),
        ...observations.flatMap((o) => o.about),
      ]),
      links,
      observations,
    };
  }
}

type NamedEntity = Omit<Entity, 'kind'>;

/** Every entity once. One that was only spoken of, as where the probe that names it hung, is known by its id. */
function mergeEntities(named: readonly NamedEntity[], spokenOf: readonly EntityId[]): Entity[] {
  const byId = new Map<EntityId, Entity>();
  for (const { id, name, attrs } of named) {
    const known = byId.get(id);
    if (known) known.attrs = { ...known.attrs, ...attrs };
    else byId.set(id, { id, kind: kindOf(id), name, attrs: { ...attrs } });
  }
  for (const id of spokenOf) {
    if (!byId.has(id)) byId.set(id, { id, kind: kindOf(id), name: id.slice(id.indexOf(':') + 1), attrs: {} });
  }
  return [...byId.values()];
}

function kindOf(id: EntityId): EntityKind {
  return id.slice(0, id.indexOf(':')) as EntityKind;
}

function uniqueLinks(links: readonly Link[]): Link[] {
  return [...new Map(links.map((l) => [`${l.from} ${l.rel} ${l.to}`, l])).values()];
}
