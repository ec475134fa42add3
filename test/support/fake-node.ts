import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import type { Act, ActKind } from '../../src/remedy/act.ts';
import type { ClusterFacts } from '../../src/remedy/guards/cluster-facts.ts';
import { DEFAULT_LIMITS } from '../../src/remedy/guards/guard.ts';
import type { Entry } from '../../src/remedy/journal/entry.ts';
import type { Journal } from '../../src/remedy/journal/journal-file.ts';
import type { Outcome } from '../../src/remedy/outcome.ts';
import { DEFAULT_CONTEXT } from '../../src/remedy/plan/plan.ts';
import { DEFAULT_PROOF } from '../../src/remedy/policy/policy.ts';
import type { Look, RunDeps, RunNews } from '../../src/remedy/run/deps.ts';

/** A journal in memory that keeps nothing on disk. */
export class FakeJournal implements Journal {
  readonly entries: Entry[] = [];
  /** Called before each entry is kept: may throw, as a process that is killed there. */
  onWrite: (entry: Entry) => void = () => undefined;

  async write(entry: Entry): Promise<void> {
    this.onWrite(entry);
    this.entries.push(entry);
  }

  async read(): Promise<readonly Entry[]> {
    return this.entries;
  }

  /** `begin thaw-filesystem`, `end done` ... */
  told(): readonly string[] {
    return this.entries.map((e) => {
      if (e.type === 'begin') return `begin ${e.step}`;
      if (e.type === 'end') return `end ${e.step}: ${e.status}`;
      if (e.type === 'refused') return `refused ${e.step}: ${e.guard}`;
      if (e.type === 'close') return `close: ${e.result}`;
      if (e.type === 'proof') return `proof: ${e.ok}`;
      return e.type;
    });
  }
}

/**
 * A node that is no node: recordings of one that is sick and one that is well, and actors that only remember what they
 * were asked to do. Which acts heal it is the test's to say.
 */
export class FakeNode {
  readonly acts: Act[] = [];
  readonly kept: string[] = [];
  readonly news: RunNews[] = [];
  readonly journal = new FakeJournal();
  readonly heals = new Set<ActKind>();
  /** Outcomes other than `done`, by kind. */
  readonly outcomes = new Map<ActKind, Outcome['status']>();
  unschedulable = false;
  healed = false;
  proofs: boolean[] = [];
  now = Date.UTC(2026, 10, 25);
  readonly #sick: Look;
  readonly #well: Look;

  constructor(sick: CaseFile, well: CaseFile) {
    this.#sick = lookOf(sick);
    this.#well = lookOf(well);
  }

  deps(changes: Partial<RunDeps> = {}): RunDeps {
    const actor = { perform: async (act: Act) => this.#perform(act) };
    return {
      run: `run-${this.journal.entries.length}`,
      who: 'tester',
      version: '0',
      node: 'lab-node',
      host: actor,
      cluster: actor,
      prover: {
        look: async () => this.#look(),
        prove: async () => {
          const ok = this.proofs.shift() ?? true;
          return { ok, text: { en: ok ? 'proven' : 'not proven', zh: '' } };
        },
      },
      journal: this.journal,
      clusterFacts: async () => this.#facts(),
      contextOf: async () => DEFAULT_CONTEXT,
      keep: async (_, name) => {
        this.kept.push(name);
        return `${name}.tar.gz`;
      },
      consent: async () => 'yes',
      announce: async () => undefined,
      limits: DEFAULT_LIMITS,
      proof: DEFAULT_PROOF,
      unattended: true,
      now: () => this.now,
      pause: async (ms) => {
        this.now += ms;
      },
      tell: (news) => void this.news.push(news),
      signal: new AbortController().signal,
      ...changes,
    };
  }

  /** The acts that were done, by kind. */
  done(): string {
    return this.acts.map((a) => a.kind).join(' · ');
  }

  #perform(act: Act): Outcome {
    this.acts.push(act);
    const status = this.outcomes.get(act.kind) ?? 'done';
    if (status === 'done' && this.heals.has(act.kind)) this.healed = true;
    if (status === 'done' && act.kind === 'cordon') this.unschedulable = true;
    if (status === 'done' && act.kind === 'uncordon') this.unschedulable = false;
    return { status, text: { en: `${act.kind} ${status}`, zh: '' }, tookMs: 1 };
  }

  #look(): Look {
    const { caseFile, diagnosis } = this.healed ? this.#well : this.#sick;
    const examined = { ...diagnosis.examined, to: this.now };
    return { caseFile, diagnosis: { ...diagnosis, examined } };
  }

  #facts(): ClusterFacts {
    const common = { controlPlane: false, taints: [], annotations: {}, labels: {}, readySince: 0 };
    const peers = ['a', 'b', 'c'].map((name) => ({ ...common, name, ready: 'True' as const, unschedulable: false }));
    const ready = this.healed ? ('True' as const) : ('False' as const);
    return { nodes: [{ ...common, name: 'lab-node', ready, unschedulable: this.unschedulable }, ...peers], locks: [] };
  }
}

function lookOf(caseFile: CaseFile): { caseFile: CaseFile; diagnosis: Diagnosis } {
  return { caseFile, diagnosis: diagnose(caseFile) };
}
