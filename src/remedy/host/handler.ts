import type { Text } from '../../text/text.ts';
import type { HostAct } from '../act.ts';
import type { OnProgress, Outcome } from '../outcome.ts';
import type { HostActorDeps } from './deps.ts';
import type { PreconditionId } from './preconditions.ts';

/** Which precondition does not hold, and what was seen instead. */
export interface UnmetPrecondition {
  readonly id: PreconditionId;
  readonly text: Text;
}

/** An outcome before its time is taken. */
export type Finish = Omit<Outcome, 'tookMs'>;

/** What an act goes by while it is done. */
export interface ActContext {
  readonly onProgress: OnProgress;
  /** Aborted when the act is called off. */
  readonly signal: AbortSignal;
  /** Until the deadline; 0 once it has passed or the act was called off. */
  leftMs(): number;
  /** Sleeps, no longer than to the deadline. @returns false where no time is left */
  pause(ms: number): Promise<boolean>;
}

/** How one kind of act is done. */
export interface ActHandler<A extends HostAct> {
  /** Looks whether all that the act requires holds now; changes nothing. */
  check(act: A, deps: HostActorDeps): Promise<UnmetPrecondition | null>;
  /** Does it and sees what comes of it. Only called right after a check that refused nothing. */
  perform(act: A, deps: HostActorDeps, context: ActContext): Promise<Finish>;
}

export type ActOf<K extends HostAct['kind']> = Extract<HostAct, { readonly kind: K }>;

export function refused(refusal: UnmetPrecondition): Finish {
  return { status: 'refused', text: refusal.text, precondition: refusal.id };
}
