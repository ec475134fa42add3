import { harmless } from '../text/untrusted.ts';
import { CASE_FORMAT_VERSION, type CaseFile } from './case-file.ts';
import type { Entity, EntityId, EntityKind, Link, Relation } from './entity.ts';
import type { Fact } from './observation.ts';
import { redact } from './redact.ts';
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
  probe(name: string): ProbeRecorder & { seal(): void } {
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
      sources.push({ id, ...rest });
      for (const { at, about, fact } of facts) {
        observations.push({ id: `o${observations.length + 1}`, at, source: id, about: [...about], fact });
      }
    }
    const caseFile: CaseFile = {
      formatVersion: CASE_FORMAT_VERSION,
      tool: { name: 'notready', version: toolVersion },
      examined: { from: this.#from, to: this.#now() },
      sources,
      entities: mergeEntities(this.#probes.flatMap((p) => p.entities)),
      links: uniqueLinks(this.#probes.flatMap((p) => p.links)),
      observations,
    };
    return cleanStrings(caseFile) as CaseFile;
  }
}

function mergeEntities(named: readonly { id: EntityId; name: string; attrs: Entity['attrs'] }[]): Entity[] {
  const byId = new Map<EntityId, Entity>();
  for (const { id, name, attrs } of named) {
    const known = byId.get(id);
    if (known) known.attrs = { ...known.attrs, ...attrs };
    else byId.set(id, { id, kind: id.slice(0, id.indexOf(':')) as EntityKind, name, attrs: { ...attrs } });
  }
  return [...byId.values()];
}

function uniqueLinks(links: readonly Link[]): Link[] {
  return [...new Map(links.map((l) => [`${l.from} ${l.rel} ${l.to}`, l])).values()];
}

function cleanStrings(value: unknown): unknown {
  if (typeof value === 'string') return redact(harmless(value));
  if (Array.isArray(value)) return value.map(cleanStrings);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [harmless(k), cleanStrings(v)]));
  }
  return value;
}
