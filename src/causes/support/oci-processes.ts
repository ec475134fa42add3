import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { memoised } from './memo.ts';
import { stuckThreads } from './stuck-threads.ts';

/** What an OCI runtime was started to do; `lasting`: what may rightly take as long as it likes (a `run`, an exec by hand). */
type OciVerb = 'create' | 'start' | 'exec' | 'kill' | 'delete' | 'state' | 'update' | 'init' | 'lasting' | 'unknown';

/** A process of runc, crun or their like: each ends within a second, unless it hangs. */
export interface OciProcess {
  readonly id: EntityId;
  readonly observation: Observation<'process'>;
  readonly verb: OciVerb;
  /** ms since it was started; null where that is not told. */
  readonly ageMs: number | null;
  /** The container that it works on, by its command line or its cgroup. */
  readonly container: EntityId | null;
}

/** Older ones hang: they usually end within one second (see `lingering` of process-counts). */
const HANGS_MS = 30_000;

const NAME = /^(?:docker-)?(?:runc|crun|youki)$/;
/** runc, in the act of becoming a container's process: `runc:[2:INIT]`, on its command line `runc init`. */
const INIT = /^runc:\[\d:/;
const VERB = /\s(create|start|exec|kill|delete|state|update|init)(?:\s|$)/;
const DETACHED = /\s(?:--detach|-d)(?:\s|$)/;

/** OCI runtime processes, those that hang and those that merely were there. */
export const ociProcesses = memoised((view: CaseView): readonly OciProcess[] =>
  view.all('process').flatMap((observation): OciProcess[] => {
    const { fact, about } = observation;
    const [id] = about;
    const program = (fact.cmdline ?? '').split(/\s/, 1)[0]?.replace(/^.*\//, '') ?? '';
    if (id === undefined || fact.state === 'Z' || !isOci(fact.comm, program)) return [];
    const verb = verbOf(fact.comm, fact.cmdline);
    if (verb === 'lasting') return [];
    const ageMs = fact.startedAt === null ? null : view.now - fact.startedAt;
    return [{ id, observation, verb, ageMs, container: containerOf(view, id, fact.cmdline ?? '') }];
  }),
);

function verbOf(comm: string, cmdline: string | null): OciVerb {
  if (INIT.test(comm)) return 'init';
  if (cmdline === null || cmdline === '') return 'unknown';
  const verb = VERB.exec(cmdline)?.[1] as OciVerb | undefined;
  // A shim's exec detaches from what it starts; a person's waits for it.
  return verb === undefined || (verb === 'exec' && !DETACHED.test(cmdline)) ? 'lasting' : verb;
}

function isOci(comm: string, program: string): boolean {
  return NAME.test(comm) || INIT.test(comm) || NAME.test(program);
}

function containerOf(view: CaseView, id: EntityId, cmdline: string): EntityId | null {
  const [inCgroup] = view.to(id, 'in-container');
  if (inCgroup !== undefined) return inCgroup;
  const named = cmdline.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g)?.at(-1);
  if (named !== undefined) return entityId.container(named);
  const parent = view.fact(id, 'process')?.ppid ?? 0;
  const above = view.fact(entityId.process(parent), 'process')?.cmdline ?? '';
  const inherited = parent > 1 ? above.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g)?.at(-1) : undefined;
  return inherited === undefined ? null : entityId.container(inherited);
}

/**
 * Those that were seen to be there for far longer than they need. Not one that sleeps in the kernel, nor one that waits
 * for such a one: what that waits for is a cause of its own.
 */
export function hungOci(view: CaseView): readonly OciProcess[] {
  const old = ociProcesses(view).filter((p) => p.ageMs !== null && p.ageMs >= HANGS_MS);
  const blocked = old.filter((p) => isBlocked(view, p));
  return old.filter(
    (p) =>
      !blocked.includes(p) &&
      !blocked.some((b) => b.observation.fact.ppid === p.observation.fact.pid || sameContainer(b, p)),
  );
}

function isBlocked(view: CaseView, p: OciProcess): boolean {
  return p.observation.fact.state === 'D' || stuckThreads(view).some((t) => t.process === p.id);
}

function sameContainer(a: OciProcess, b: OciProcess): boolean {
  return a.container !== null && a.container === b.container;
}
