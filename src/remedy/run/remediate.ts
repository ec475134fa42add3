import { say } from '../../causes/support/say.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { Act } from '../act.ts';
import { sideOf } from '../act-kinds.ts';
import { owedActs } from '../journal/history.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Capacity, Plan } from '../plan/plan.ts';
import type { Step } from '../step.ts';
import type { Look, RunDeps, RunResult } from './deps.ts';
import { giveBack } from './give-back.ts';
import { LEAVES_OUT, objections } from './may-take.ts';
import { common, sideMissing, takeStep } from './take-step.ts';

/** More steps than any plan has: whatever goes wrong, it ends. */
const MOST_STEPS = 40;
/** What a step brings about shows within so long, ms. */
const SETTLE_MS = 20_000;
const SETTLE_PAUSE_MS = 2000;

interface Progress {
  look: Look;
  readonly tried: Act[];
  /** Steps that the person left out. */
  readonly skipped: Set<string>;
  /** The first verdict; null where nothing was wrong. */
  readonly first: Diagnosis['verdict'];
  /** An earlier run changed something: its steps may have helped. */
  readonly resumed: boolean;
  /** A proof failed: only a look that finds nothing may lead to another. */
  doubted: boolean;
}

/**
 * Brings the node back: takes the plan's steps one by one, each after a look at what the one before brought about, until
 * the fault is gone; then proves it and gives the node back. The plan is made anew after each look, so that no step
 * rests on what was.
 */
export async function remediate(deps: RunDeps, mode: 'apply' | 'yes'): Promise<RunResult> {
  const look = await deps.prover.look(deps.signal);
  const first = look.diagnosis.verdict;
  const { who, version } = deps;
  await deps.journal.write({ ...common(deps), type: 'run', who, mode, cause: first?.cause ?? null, version });
  await deps.keep(look.caseFile, 'before');
  const resumed = owedActs(await deps.journal.read(), deps.node).length > 0;
  const progress: Progress = { look, tried: [], skipped: new Set(), first, resumed, doubted: false };
  const result = await goOn(deps, progress);
  await deps.journal.write({ ...common(deps), type: 'close', result: result === 'nothing' ? 'back' : result });
  return result;
}

async function goOn(deps: RunDeps, progress: Progress): Promise<RunResult> {
  const { plan } = await planNow(deps, progress);
  deps.tell({ type: 'plan', plan });
  for (let taken = 0; taken < MOST_STEPS; taken++) {
    if (deps.signal.aborted) return 'interrupted';
    const result = isGone(progress) ? await finish(deps, progress) : await takeNext(deps, progress);
    if (result !== null) return result;
  }
  return 'stands';
}

/**
 * Whether the fault looks gone: nothing is wrong, or after a step, of this run or of one it goes on with, only a symptom
 * or the memory of it is left, such as a Ready that has not come back yet. The proof decides.
 */
function isGone({ look, tried, first, resumed, doubted }: Progress): boolean {
  const { verdict } = look.diagnosis;
  if (verdict === null) return true;
  if (doubted || (tried.length === 0 && !resumed)) return false;
  return verdict.cause === 'undetermined' || (first?.status === 'confirmed' && verdict.status !== 'confirmed');
}

/** @returns how the run ends; null where it is not over after all */
async function finish(deps: RunDeps, progress: Progress): Promise<RunResult | null> {
  const owed = owedActs(await deps.journal.read(), deps.node);
  if (progress.first === null && owed.length === 0) return 'nothing';
  const given = await giveBack(deps);
  if (given !== 'not-proven') return given;
  progress.look = await lookAgain(deps);
  progress.doubted = true;
  return progress.look.diagnosis.verdict === null ? 'stands' : null;
}

/** @returns how the run ends; null where it goes on */
async function takeNext(deps: RunDeps, progress: Progress): Promise<RunResult | null> {
  const planned = await planNow(deps, progress);
  const step = planned.plan.steps.find((s) => s.phase !== 'return' && !progress.skipped.has(s.id));
  if (step === undefined) return nothingLeft(deps);
  const missing = sideMissing(deps, step);
  if (missing === null) return advance(deps, progress, planned, step);
  deps.tell({ type: 'stopped', text: missing });
  return 'stands';
}

interface Planned {
  readonly plan: Plan;
  readonly capacity: Capacity | null;
}

async function planNow(deps: RunDeps, { look, tried }: Progress): Promise<Planned> {
  const [context, entries] = await Promise.all([deps.contextOf(look, deps.signal), deps.journal.read()]);
  const owed = owedActs(entries, deps.node);
  const plan = makePlan(look.diagnosis, look.caseFile, { ...context, owed, tried });
  return { plan, capacity: context.capacity };
}

async function advance(deps: RunDeps, progress: Progress, planned: Planned, step: Step): Promise<RunResult | null> {
  const before = await refused(deps, progress, planned, step);
  if (before !== 'allowed') return before;
  const consent = await deps.consent(step);
  if (consent !== 'yes') {
    await deps.journal.write({ ...common(deps), type: 'declined', step: step.id, why: consent });
    progress.skipped.add(step.id);
    return consent === 'stop' ? 'interrupted' : null;
  }
  // Thinking it over took time: what holds now decides.
  const after = deps.unattended ? 'allowed' : await refused(deps, progress, planned, step);
  if (after !== 'allowed') return after;
  const outcome = await takeStep(deps, step, progress.look);
  progress.tried.push(step.act);
  if (sideOf(step.act.kind) === 'host') {
    await settle(deps, progress, planned.plan);
    return null;
  }
  // A drain that is stuck on the hung containers is freed by the next step; a cordon that failed is no ground to stand on.
  return outcome.status === 'done' || step.act.kind === 'drain' ? null : 'stands';
}

/** @returns `allowed`; else how the run ends, null where a plan made anew from what holds now may go on */
async function refused(
  deps: RunDeps,
  progress: Progress,
  planned: Planned,
  step: Step,
): Promise<RunResult | null | 'allowed'> {
  const age = deps.now() - progress.look.diagnosis.examined.to;
  if (age > deps.limits.freshnessMs / 2) progress.look = await lookAgain(deps);
  const [cluster, entries] = await Promise.all([deps.clusterFacts(deps.signal), deps.journal.read()]);
  const found = objections(deps, step, { ...planned, diagnosis: progress.look.diagnosis, cluster, entries });
  if (found.length === 0) return 'allowed';
  for (const { guard, why } of found) {
    await deps.journal.write({ ...common(deps), type: 'refused', step: step.id, guard, why: why.en });
  }
  deps.tell({ type: 'refused', step, refusals: found });
  if (found.every((r) => LEAVES_OUT.has(r.guard))) progress.skipped.add(step.id);
  else if (found.some((r) => r.guard !== 'diagnosis-changed')) return 'refused';
  return null;
}

async function lookAgain(deps: RunDeps): Promise<Look> {
  const look = await deps.prover.look(deps.signal);
  const { verdict } = look.diagnosis;
  const text = verdict?.summary.en ?? 'nothing wrong found';
  await deps.journal.write({ ...common(deps), type: 'look', cause: verdict?.cause ?? null, text });
  deps.tell({ type: 'look', diagnosis: look.diagnosis });
  return look;
}

/** Looks until the cause that the step was for is gone, or it had time enough to go. */
async function settle(deps: RunDeps, progress: Progress, plan: Plan): Promise<void> {
  const end = deps.now() + SETTLE_MS;
  for (;;) {
    progress.look = await lookAgain(deps);
    const cause = progress.look.diagnosis.verdict?.cause ?? null;
    if (cause !== plan.cause || deps.now() >= end || deps.signal.aborted) return;
    await deps.pause(SETTLE_PAUSE_MS, deps.signal);
  }
}

function nothingLeft(deps: RunDeps): RunResult {
  const text = say(
    'Everything that notready can do was done or left out, and the fault stands. What is left to people is in the plan.',
    'notready 能做的都已执行或跳过，故障仍在。需人工处理的部分见计划。',
  );
  deps.tell({ type: 'stopped', text });
  return 'stands';
}
