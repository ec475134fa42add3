import { say } from '../../causes/support/say.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { CaseFile } from '../../evidence/case-file.ts';
import { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Act } from '../act.ts';
import type { Futile, Step } from '../step.ts';
import { type NodeView, nodeView } from './case-facts.ts';
import { commandOf } from './command-of.ts';
import { freeing } from './free.ts';
import { type Plan, type PlanContext, sameAct } from './plan.ts';
import { isElsewhere, relief } from './relieve.ts';
import { clusterStep, type Draft, numbered } from './step-of.ts';

/**
 * From a diagnosis to the steps that bring the node back, cheapest and safest first. Pure: the same case, diagnosis and
 * context always give the same plan.
 */
export function makePlan(diagnosis: Diagnosis, caseFile: CaseFile, context: PlanContext): Plan {
  const view = new CaseView(caseFile);
  const node = nodeView(view);
  const { steps, byHand } = freeing(view, diagnosis.remedies);
  const allowed = steps.filter((s) => !context.forbidden.includes(s.act.kind));
  const work = inOrder(allowed, node, diagnosis, context);
  const all = numbered([...work, ...returning(work, context)]);
  const kept = all.filter((s) => !isLeftOut(s, context));
  return {
    node: diagnosis.node,
    madeFrom: diagnosis.examined.to,
    cause: diagnosis.verdict?.cause ?? null,
    summary: diagnosis.verdict?.summary ?? null,
    steps: kept,
    byHand,
    futile: futileOf(diagnosis),
    notes: [
      ...orderNotes(kept),
      ...forbiddenNotes(steps, kept, context),
      ...(node === null || diagnosis.verdict === null ? [] : relief(node, context).notes),
      ...nodeNotes(node, kept, context),
    ],
  };
}

/** What disturbs nobody, then the business goes elsewhere, then what disturbs. */
function inOrder(
  steps: readonly Draft[],
  node: NodeView | null,
  diagnosis: Diagnosis,
  context: PlanContext,
): readonly Draft[] {
  const cause = diagnosis.verdict?.cause ?? null;
  const gentle = steps.filter((s) => s.phase === 'free-gently');
  const rough = steps.filter((s) => s.phase === 'free');
  const lost = node?.ready === false;
  if (cause === null || isElsewhere(cause) || (!lost && rough.length === 0)) return [...gentle, ...rough];
  const { cordon, drain } = relief(node, context);
  const allowedDrain = allow([...drain], context);
  const few = rough.filter((s) => s.reach !== 'node');
  const whole = rough.filter((s) => s.reach === 'node');
  const relieved = allow([...cordon], context);
  // A node that is Ready serves: its pods are moved only for what ends them all.
  return lost
    ? [...gentle, ...relieved, ...allowedDrain, ...rough]
    : [...gentle, ...relieved, ...few, ...(whole.length > 0 ? allowedDrain : []), ...whole];
}

function allow(steps: readonly Draft[], { forbidden }: PlanContext): readonly Draft[] {
  return steps.filter((s) => !forbidden.includes(s.act.kind));
}

/** What this plan changes for a time and what earlier runs owe, put back in reverse. */
function returning(work: readonly Draft[], { owed }: PlanContext): readonly Draft[] {
  const own = work.flatMap((s) => (s.undo === null ? [] : [s.undo.act])).toReversed();
  const once = [...own, ...owed].filter((act, i, all) => all.findIndex((other) => sameAct(act, other)) === i);
  // The node itself is given back last.
  const ordered = once.toSorted((a, b) => Number(a.kind === 'uncordon') - Number(b.kind === 'uncordon'));
  return ordered.flatMap((act) => returnStep(act));
}

function returnStep(act: Act): readonly Draft[] {
  switch (act.kind) {
    case 'cordon':
    case 'uncordon':
    case 'add-taint':
    case 'remove-taint':
      return [clusterStep(act, 'return')];
    default:
      return [];
  }
}

function isLeftOut(step: Step, { skipped, tried }: PlanContext): boolean {
  if (skipped.includes(step.id)) return true;
  // What is owed is planned until it is put back, whatever was tried.
  if (step.phase === 'return') return false;
  return tried.some((act) => sameAct(act, step.act));
}

function futileOf(diagnosis: Diagnosis): readonly Futile[] {
  return diagnosis.remedies
    .filter((r) => !r.works)
    .map(({ action, title, command, why }) => ({ action, title, command, why }));
}

function orderNotes(steps: readonly Step[]): readonly Text[] {
  const gentle = steps.some((s) => s.phase === 'free-gently');
  const relieved = steps.some((s) => s.phase === 'relieve');
  if (!gentle || !relieved) return [];
  return [
    say(
      'First comes what disturbs no container: if it frees the node, nothing has to be moved. Only then is the business taken elsewhere, and only then comes what ends containers.',
      '先做不影响任何容器的步骤：若节点由此恢复，就无需迁移。然后才迁走业务，最后才做会终止容器的步骤。',
    ),
  ];
}

/** What is left where an act that would help is forbidden, and why nothing less helps. */
function forbiddenNotes(all: readonly Draft[], kept: readonly Step[], { forbidden }: PlanContext): readonly Text[] {
  const dropped = all.filter((s) => forbidden.includes(s.act.kind));
  if (dropped.length === 0) return [];
  const words = dropped.map((s) =>
    say(
      `Forbidden here: ${s.title.en} (${commandOf(s.act)}). ${s.prediction.why.en}`,
      `此处被禁止：${s.title.zh}（${commandOf(s.act)}）。${s.prediction.why.zh}`,
    ),
  );
  const freeing = kept.filter((s) => s.phase === 'free' || s.phase === 'free-gently');
  if (freeing.length === 0 || freeing.some((s) => s.act.kind !== 'reboot')) return words;
  return [
    ...words,
    say(
      'So only a reboot is left: nothing else that may be done here frees these processes; what cannot work is listed with the reason.',
      '因此只剩重启：在允许的操作中，没有别的能释放这些进程；无效的操作及原因见下。',
    ),
  ];
}

function nodeNotes(node: NodeView | null, steps: readonly Step[], { owed }: PlanContext): readonly Text[] {
  if (steps.length > 0 && node === null) {
    return [
      say(
        'The API server was not seen: the node is neither cordoned nor drained. Name the node, and how to reach its cluster, to have that in the plan.',
        '未能看到 API server：计划中不含 cordon 和 drain。如需要，请指定节点名和访问集群的方式。',
      ),
    ];
  }
  if (node?.unschedulable !== true || owed.some((a) => a.kind === 'uncordon' && a.node === node.name)) return [];
  return [
    say(
      `${node.name} was cordoned before, by somebody else: it stays cordoned. When it is proven, lift it by hand: kubectl uncordon ${node.name}`,
      `${node.name} 之前已被他人 cordon：本计划不会解除。确认恢复后请手动执行：kubectl uncordon ${node.name}`,
    ),
  ];
}
