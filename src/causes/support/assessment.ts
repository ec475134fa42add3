import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment, Evidence, Missing } from '../cause.ts';
import { doubted, type EvidenceKind, IN_ORDER, WEIGHTS } from '../weights.ts';
import { FRESH_MS } from './freshness.ts';
import { missing as missingTopic } from './missing.ts';

type Cited = Pick<Observation, 'id'>;

/** A sentence with the observation it rests on. */
export function cite(observation: Cited, text: Text): Evidence {
  return { observation: observation.id, text };
}

/** Still true of "now": observed within the last {@link FRESH_MS} of the examination. */
export function isFresh(view: CaseView, observation: Pick<Observation, 'at'>): boolean {
  return view.now - observation.at <= FRESH_MS;
}

/** What a kind of evidence carries, for {@link held}: to be spread into it. */
export function weigh(restsOn: EvidenceKind): { readonly confidence: number; readonly restsOn: EvidenceKind } {
  return { confidence: WEIGHTS[restsOn].weight, restsOn };
}

export interface Held {
  readonly status: 'confirmed' | 'likely' | 'possible';
  readonly confidence: number;
  /** Given by {@link weigh}; the confidence is then lowered by what speaks against it and by what was not seen. */
  readonly restsOn?: EvidenceKind;
  readonly subjects: readonly EntityId[];
  readonly evidence: readonly Evidence[];
  readonly against?: readonly Evidence[];
  /** What is listed against it fits all the same, such as another daemon that goes without nothing. */
  readonly reconciled?: boolean;
  readonly missing?: readonly Missing[];
  readonly summary: Text;
}

/** A state that the evidence speaks for. */
export function held({ reconciled = false, ...parts }: Held): Assessment {
  const { against = [], missing = [], restsOn } = parts;
  const confidence =
    restsOn === undefined
      ? parts.confidence
      : doubted(parts.confidence, [
          ...(against.length > 0 && !reconciled ? (['contradicted'] as const) : []),
          ...(missing.length > 0 ? (['partlySeen'] as const) : []),
        ]);
  return { ...parts, against, missing, confidence, subjects: [...new Set(parts.subjects)] };
}

/**
 * A state that nothing speaks for. It is ruled out only by an observation that says so: with none it was not
 * examined, whatever the reason.
 * @param lacking what could still show it; lowers the confidence
 * @param bestShownBy named as missing where nothing else is and nothing speaks either way
 */
export function notSeen(
  against: readonly Evidence[],
  lacking: readonly Missing[] = [],
  bestShownBy: Topic | null = null,
): Assessment {
  const ruledOut = against.length > 0;
  const missing = ruledOut || lacking.length > 0 || bestShownBy === null ? lacking : [missingTopic(bestShownBy)];
  const sure = missing.length === 0 ? IN_ORDER.foundInOrder : IN_ORDER.partlyLookedAt;
  return {
    status: ruledOut ? 'ruled-out' : 'not-examined',
    confidence: ruledOut ? sure.weight : 0,
    subjects: [],
    evidence: [],
    against,
    missing,
    summary: null,
  };
}

/** Confirmed or likely: what chains and verdicts are made of. */
export function holds(assessment: Assessment): boolean {
  return assessment.status === 'confirmed' || assessment.status === 'likely';
}
