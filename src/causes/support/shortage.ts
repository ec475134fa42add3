import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import { joinTexts } from '../../text/text.ts';
import type { Assessment, Evidence, Missing } from '../cause.ts';
import { cite, held, notSeen, weigh } from './assessment.ts';
import { type RunningComponent, runningComponents } from './components.ts';
import { heldDaemons, holdEvidence } from './daemons.ts';
import { openQuestions } from './lacking.ts';
import { say } from './say.ts';
import { speedOf } from './service-speed.ts';

/** Something seen that says a resource is short. */
interface Sign {
  readonly evidence: Evidence;
  /** Whom it concerns, the culprit first. */
  readonly subjects: readonly EntityId[];
  /**
   * `own`: a daemon of the chain was itself seen to go without.
   * `shared`: the host as a whole is short, which the daemon need not feel.
   * `hint`: usual under heavy but healthy load.
   */
  readonly strength: 'own' | 'shared' | 'hint';
}

/** What was found on one resource. */
export interface Findings {
  readonly signs: readonly Sign[];
  /** Seen to be all right. */
  readonly against: readonly Evidence[];
}

export const NOTHING: Findings = { signs: [], against: [] };

export function joinFindings(parts: readonly Findings[]): Findings {
  return { signs: parts.flatMap((p) => p.signs), against: parts.flatMap((p) => p.against) };
}

export function sign(strength: Sign['strength'], evidence: Evidence, subjects: readonly EntityId[]): Findings {
  return { signs: [{ strength, evidence, subjects: subjects.length > 0 ? subjects : [entityId.node()] }], against: [] };
}

interface Shortage extends Findings {
  readonly missing: readonly Missing[];
  /** What would show it best: said to be missing where all that was looked at says nothing either way. */
  readonly bestShownBy: Topic;
  /** A daemon that goes without may stand still in the kernel (D) for it, and then answers nothing. */
  readonly blocks?: boolean;
}

/**
 * Weighs signs of a shortage with what it does to the services that need the resource. A shortage alone is load,
 * not a fault: it is confirmed only where a service was seen to suffer, and ruled out where all answer quickly.
 */
export function weighShortage(
  view: CaseView,
  { signs, against: fine, missing, bestShownBy, blocks }: Shortage,
): Assessment {
  const against = [...fine, ...nobodyThere(view)];
  const speed = speedOf(view, concerned(view, signs));
  const inOrder = speed.speed === 'quick' ? [...speed.evidence, ...against] : against;
  const own = signs.filter((s) => s.strength === 'own');
  const shared = signs.filter((s) => s.strength === 'shared');
  const strong = [...own, ...shared];
  if (speed.speed === 'quick' || (strong.length === 0 && (signs.length === 0 || against.length > 0))) {
    // The signs stay readable beside what speaks against them: the load is real, the fault is not.
    const open = openQuestions(inOrder, missing, bestShownBy);
    return { ...notSeen(inOrder, open), evidence: inOrder.length > 0 ? signs.map((s) => s.evidence) : [] };
  }
  const still = blocks === true ? standingStill(view, own) : [];
  const suffers = speed.speed === 'slow' || still.length > 0;
  const seen = [...strong, ...signs.filter((s) => s.strength === 'hint')];
  return held({
    ...judge(own.length, shared.length, suffers),
    subjects: [...seen.flatMap((s) => s.subjects), ...speed.subjects],
    evidence: [...seen.map((s) => s.evidence), ...speed.evidence, ...still],
    against,
    // What others have does not help the one that goes without.
    reconciled: own.length > 0,
    missing,
    summary: joinTexts(
      [...seen.slice(0, 1).map((x) => x.evidence.text), ...speed.evidence.slice(0, 1).map((e) => e.text)],
      {
        en: ' ',
        zh: '',
      },
    ),
  });
}

/** The daemons that were seen to go without, for their services must suffer; all of them where none was. */
function concerned(view: CaseView, signs: readonly Sign[]): readonly RunningComponent[] {
  const short = new Set(signs.filter((s) => s.strength === 'own').flatMap((s) => s.subjects));
  const daemons = runningComponents(view);
  const named = daemons.filter((d) => short.has(d.id));
  return named.length > 0 ? named : daemons;
}

/** Daemons that were themselves seen to go without and are blocked in the kernel. */
function standingStill(view: CaseView, own: readonly Sign[]): readonly Evidence[] {
  const short = new Set(own.flatMap((s) => s.subjects));
  return heldDaemons(view)
    .filter((d) => d.hold === 'blocked' && short.has(d.id))
    .map(holdEvidence);
}

function judge(own: number, shared: number, suffers: boolean) {
  if (own + shared === 0) return { status: 'possible', ...weigh('hint') } as const;
  const proven = own > 0 || shared > 1;
  if (!proven) {
    return suffers
      ? ({ status: 'likely', ...weigh('circumstantial') } as const)
      : ({ status: 'possible', ...weigh('hint') } as const);
  }
  if (!suffers) return { status: 'likely', ...weigh('circumstantial') } as const;
  return { status: 'confirmed', ...weigh(own > 0 ? 'shortageFelt' : 'hostShortageFelt') } as const;
}

/** Where neither a runtime nor a kubelet runs, none goes without. */
function nobodyThere(view: CaseView): readonly Evidence[] {
  const text = say(
    'No container runtime and no kubelet runs here that could go without.',
    '本机没有运行任何容器运行时或 kubelet，谈不上受其影响。',
  );
  return view
    .gaps('components')
    .filter((g) => g.fact.why === 'absent')
    .map((g) => cite(g, text));
}
