import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Evidence } from '../cause.ts';
import { cite, isFresh } from './assessment.ts';
import { say } from './say.ts';

// inotify_add_watch says ENOSPC too when a user has all its watches (inotify(7)), mkdir in a cgroup when the kernel has no
// id left for one: no matter of room.
const NO_SPACE = /^(?!.*(?:inotify|\/sys\/fs\/cgroup\/)).*(?:no space left on device|ENOSPC|disk quota exceeded)/is;
const NO_PROCESS =
  /resource temporarily unavailable|failed to create new OS thread|pthread_create failed|too many open files|inotify_(?:init|add_watch)|EMFILE|ENFILE/i;

/** Fresh answers and log lines in which something failed for want of room. */
export function refusedForRoom(view: CaseView): readonly Evidence[] {
  return refused(view, NO_SPACE);
}

/** Fresh answers and log lines in which something failed for want of a process, thread, descriptor or watch. */
export function refusedForCount(view: CaseView): readonly Evidence[] {
  return refused(view, NO_PROCESS);
}

/** Cited at most; the rest say the same. */
const CITED = 2;

function refused(view: CaseView, pattern: RegExp): readonly Evidence[] {
  const calls = view.all('call').filter((o) => o.fact.error !== null && pattern.test(o.fact.error));
  const lines = view.all('log-signal').filter((o) => isFresh(view, o) && pattern.test(o.fact.line));
  return [
    ...calls.slice(0, CITED).map((o) => quote(o, `${o.fact.call}: ${o.fact.error ?? ''}`)),
    ...lines.slice(-CITED).map((o) => quote(o, o.fact.line)),
  ];
}

function quote(o: Pick<Observation, 'id'>, words: string): Evidence {
  return cite(o, say(`It failed with: ${words}`, `报错：${words}`));
}
