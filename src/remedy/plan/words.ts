import { say } from '../../causes/support/say.ts';
import type { Text } from '../../text/text.ts';
import type { Act } from '../act.ts';
import type { Precondition } from '../step.ts';

/**
 * Whom an act disturbs, from least to most: nobody; calls to a daemon for some seconds; one container or its pod; every
 * pod of the node.
 */
export type Reach = 'nobody' | 'daemon' | 'container' | 'node';

/** All that is said of an act whatever the case. */
export interface ActWords {
  readonly title: Text;
  readonly does: Text;
  readonly breaks: Text;
  readonly verify: Text;
  readonly requires: readonly Precondition[];
  readonly deadlineMs: number;
  readonly destroysEvidence: boolean;
  readonly reach: Reach;
  /** Null where nothing takes it back or nothing needs to. */
  readonly undo: Act | null;
}

export const API_ANSWERS: Precondition = {
  id: 'api-answers',
  text: say('the API server answers and allows it', 'API server 有应答且允许该操作'),
};

export const FREED: Text = say(
  'The probes run again: the fault is gone, and the container’s status is answered.',
  '再次检查：故障已消失，容器状态查询有应答。',
);
