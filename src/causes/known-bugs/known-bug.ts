import type { FactOf } from '../../evidence/observation.ts';
import type { Text } from '../../text/text.ts';
import type { Reference } from '../cause.ts';
import type { CauseSlug } from '../slugs.ts';

/** What can have a bug of its own here. */
export type BugComponent = 'kubelet' | 'dockerd' | 'containerd' | 'crio' | 'runc' | 'systemd' | 'kernel';

/** Versions from one on (null: from the first) to before another (null: no fix is known). */
export interface VersionRange {
  /** `18.09.0`, `1.0.0-rc93`, `4.15.0-1036`: as {@link compareVersions} reads it. */
  readonly since: string | null;
  /** The first version with the fix. */
  readonly fixedIn: string | null;
  /** Only builds of this kind, where a distributor numbers its own: `/-azure$/`, `/\.el7/`. */
  readonly build?: RegExp;
}

/**
 * Evidence that this bug, and hardly anything else, leaves. All that one tell-tale names must be seen in one observation.
 * - `stack`: goroutines of the component that wait: every frame is part of the name of a function on the stack.
 * - `log`: a line of a daemon's log that means this, and reads so.
 * - `kernel-log`: the same of the kernel's.
 * - `kernel-stack`: a thread that does not move, with all these functions on its kernel stack (or one as its wait channel).
 */
export type Telltale =
  | {
      readonly kind: 'stack';
      readonly frames: readonly string[];
      /** As Go says it: `chan send`, `semacquire` ...; any where not given. */
      readonly wait?: string;
    }
  | { readonly kind: 'log'; readonly signal: FactOf<'log-signal'>['signal']; readonly line?: RegExp }
  | { readonly kind: 'kernel-log'; readonly signal: FactOf<'kernel-signal'>['signal']; readonly line?: RegExp }
  | { readonly kind: 'kernel-stack'; readonly functions: readonly string[] };

/** A bug that upstream knows, with the versions that have it and what it leaves behind. */
export interface KnownBug {
  /** Project and number of the thread: `kubernetes-72482`. */
  readonly id: string;
  /** The cause that names it. */
  readonly cause: CauseSlug;
  readonly component: BugComponent;
  /** What goes wrong, a sentence without its full stop. */
  readonly title: Text;
  readonly affected: readonly VersionRange[];
  /** Any one of them is enough. Empty: the cause has a way of its own to tell. */
  readonly telltales: readonly Telltale[];
  readonly reference: Reference;
  /** What to do: `upgrade runc to 1.0.0-rc94 or later`; a clause, in lower case. */
  readonly advice: Text;
}
