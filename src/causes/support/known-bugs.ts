import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Evidence } from '../cause.ts';
import { KNOWN_BUGS } from '../known-bugs/index.ts';
import type { BugComponent, KnownBug, Telltale } from '../known-bugs/known-bug.ts';
import { isAffected } from '../known-bugs/versions.ts';
import type { CauseSlug } from '../slugs.ts';
import { cite, isFresh } from './assessment.ts';
import { componentNameOf } from './components.ts';
import { say } from './say.ts';
import { type SoftwareVersion, versionsOf } from './software.ts';

/** A known bug that the case does not rule out. */
export interface BugSight {
  readonly bug: KnownBug;
  /** An affected version that was seen; null where none is known. */
  readonly version: SoftwareVersion | null;
  /** What of its traces was seen, the version aside. */
  readonly traces: readonly Evidence[];
}

/**
 * Known bugs of a cause, those with traces and version first. A bug of which only versions with the fix were seen is
 * none of them, and neither is one of which nothing at all was seen.
 */
export function bugsSeen(view: CaseView, cause: CauseSlug): readonly BugSight[] {
  const seen = KNOWN_BUGS.filter((bug) => bug.cause === cause).flatMap((bug): BugSight[] => {
    const known = versionsOf(view, bug.component);
    const version = known.find((v) => isAffected(v.version, bug.affected)) ?? null;
    if (known.length > 0 && version === null) return [];
    const traces = bug.telltales.flatMap((telltale) => tracesOf(view, bug.component, telltale));
    return version === null && traces.length === 0 ? [] : [{ bug, version, traces }];
  });
  const weight = (s: BugSight): number => (s.traces.length > 0 ? 2 : 0) + (s.version === null ? 0 : 1);
  return seen.toSorted((a, b) => weight(b) - weight(a));
}

/** That a component has a version with the bug. */
export function versionEvidence({ bug, version }: BugSight): Evidence[] {
  if (version === null) return [];
  const { name, version: number } = version;
  return [
    cite(
      version.observation,
      say(
        `${name} is ${number}, which has a known bug: ${bug.title.en} (${bug.reference.where}).`,
        `${name} 版本为 ${number}，存在已知缺陷：${bug.title.zh}（${bug.reference.where}）。`,
      ),
    ),
  ];
}

const MOST_TRACES = 3;

function tracesOf(view: CaseView, component: BugComponent, telltale: Telltale): Evidence[] {
  switch (telltale.kind) {
    case 'stack':
      return stacksOf(view, component, telltale);
    case 'log':
      return view
        .all('log-signal')
        .filter((o) => o.fact.signal === telltale.signal && isFresh(view, o))
        .filter((o) => telltale.line?.test(o.fact.line) ?? true)
        .slice(-MOST_TRACES)
        .map((o) => cite(o, say(`${o.fact.log} log: ${o.fact.line}`, `${o.fact.log} 日志：${o.fact.line}`)));
    case 'kernel-log':
      return view
        .all('kernel-signal')
        .filter((o) => o.fact.signal === telltale.signal && isFresh(view, o))
        .filter((o) => telltale.line?.test(o.fact.line) ?? true)
        .slice(-MOST_TRACES)
        .map((o) => cite(o, say(`Kernel: ${o.fact.line}`, `内核：${o.fact.line}`)));
    case 'kernel-stack':
      return view
        .all('thread')
        .filter((o) => o.fact.stuck && onKernelStack(o, telltale.functions))
        .slice(0, MOST_TRACES)
        .map((o) =>
          cite(
            o,
            say(
              `${o.fact.comm}[${o.fact.tid}] does not move in ${telltale.functions.join(' < ')}.`,
              `${o.fact.comm}[${o.fact.tid}] 停在 ${telltale.functions.join(' < ')} 中不动。`,
            ),
          ),
        );
  }
}

function onKernelStack({ fact }: Observation<'thread'>, functions: readonly string[]): boolean {
  const { stack, wchan } = fact;
  if (stack !== null) return functions.every((name) => stack.includes(name));
  return functions.length === 1 && wchan === functions[0];
}

function stacksOf(
  view: CaseView,
  component: BugComponent,
  { frames, wait }: Extract<Telltale, { kind: 'stack' }>,
): Evidence[] {
  return view
    .all('goroutines')
    .filter((o) => ownsStack(o, component) && (wait === undefined || o.fact.wait === wait))
    .filter((o) => frames.every((part) => o.fact.stack.some((name) => name.includes(part))))
    .slice(0, MOST_TRACES)
    .map((o) =>
      cite(
        o,
        say(
          `Its stacks show it: ${o.fact.count} in ${shortName(o.fact.stack[0])}, waiting (${o.fact.wait}) for up to ${o.fact.minutes} min.`,
          `堆栈中可见：${o.fact.count} 个 goroutine 停在 ${shortName(o.fact.stack[0])}（${o.fact.wait}），最久 ${o.fact.minutes} 分钟。`,
        ),
      ),
    );
}

/** A shim is a program of containerd's. */
function ownsStack(o: Observation<'goroutines'>, component: BugComponent): boolean {
  const name = o.about[0] === undefined ? null : componentNameOf(o.about[0]);
  return name === component || (component === 'containerd' && name === 'containerd-shim');
}

/** A function without the path of its package: `daemon.(*Daemon).ContainerInspect`. */
export function shortName(frame: string | undefined): string {
  return (frame ?? '').replace(/^.*\//, '');
}
