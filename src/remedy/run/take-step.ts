import { say } from '../../causes/support/say.ts';
import type { Text } from '../../text/text.ts';
import type { ClusterAct, HostAct } from '../act.ts';
import { sideOf } from '../act-kinds.ts';
import type { EntryOf } from '../journal/entry.ts';
import type { Outcome } from '../outcome.ts';
import type { Step } from '../step.ts';
import type { Look, RunDeps } from './deps.ts';

/** The side that a step needs is not at hand: no API server, or another host. */
export function sideMissing({ host, cluster, node }: RunDeps, step: Step): Text | null {
  if (sideOf(step.act.kind) === 'host') {
    if (host !== null) return null;
    return say(
      `The next step is done on the node itself: run notready remediate --apply on ${node}.`,
      `下一步须在节点本机上执行：请在 ${node} 上运行 notready remediate --apply。`,
    );
  }
  if (cluster !== null) return null;
  return say(
    'The next step goes through the API server: name a kubeconfig that may do it (--kubeconfig).',
    '下一步须通过 API server：请用 --kubeconfig 指定有权限的 kubeconfig。',
  );
}

/**
 * Does one step: the evidence is kept and the act is on disk before it is done.
 * @throws UserError where it cannot be written down: then nothing was done
 */
export async function takeStep(deps: RunDeps, step: Step, look: Look | null): Promise<Outcome> {
  const { journal, tell } = deps;
  if (step.destroysEvidence && look !== null) {
    const file = await deps.keep(look.caseFile, `before-${step.id}`);
    await journal.write({ ...common(deps), type: 'evidence', file });
    tell({ type: 'evidence', file });
  }
  await journal.write(beginEntry(deps, step));
  tell({ type: 'begin', step });
  const outcome = await perform(deps, step);
  await journal.write({
    ...common(deps),
    type: 'end',
    step: step.id,
    status: outcome.status,
    text: outcome.text.en,
    tookMs: Math.round(outcome.tookMs),
  });
  tell({ type: 'end', step, outcome });
  await deps.announce(reasonOf(step, outcome), `${step.title.en}: ${outcome.text.en}`);
  return outcome;
}

function beginEntry(deps: RunDeps, step: Step): EntryOf<'begin'> {
  return {
    ...common(deps),
    type: 'begin',
    step: step.id,
    act: step.act,
    // What gives back owes nothing.
    undo: step.phase === 'return' ? null : (step.undo?.act ?? null),
    command: step.command,
    why: step.prediction.why.en,
  };
}

export function common({ run, node, now }: RunDeps): { at: number; run: string; node: string } {
  return { at: now(), run, node };
}

function perform(deps: RunDeps, { act, deadlineMs }: Step): Promise<Outcome> {
  const options = {
    signal: deps.signal,
    deadlineMs,
    onProgress: (text: Text) => deps.tell({ type: 'progress', text }),
  };
  const none: Outcome = { status: 'failed', text: say('nothing here can do it', '此处无法执行'), tookMs: 0 };
  if (sideOf(act.kind) === 'host') return deps.host?.perform(act as HostAct, options) ?? Promise.resolve(none);
  return deps.cluster?.perform(act as ClusterAct, options) ?? Promise.resolve(none);
}

/** `ThawFilesystemDone` */
function reasonOf({ act }: Step, { status }: Outcome): string {
  const words = `${act.kind}-${status}`.split('-');
  return words.map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');
}
