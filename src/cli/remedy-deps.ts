import { userInfo } from 'node:os';
import type { HostAct } from '../remedy/act.ts';
import { createClusterActor } from '../remedy/cluster/index.ts';
import { createHostActor, linuxActorDeps } from '../remedy/host/index.ts';
import type { Journal } from '../remedy/journal/journal-file.ts';
import type { PlanContext } from '../remedy/plan/plan.ts';
import { clusterFacts, planCapacity } from '../remedy/run/cluster-view.ts';
import type { Actor, Look, RunDeps, RunNews } from '../remedy/run/deps.ts';
import type { CliContext } from './context.ts';
import type { RemediateOptions } from './remediate-options.ts';
import { askPerson } from './remedy-consent.ts';
import { evidenceKeeper } from './remedy-files.ts';
import { pauseFor } from './remedy-pause.ts';
import { createProver } from './remedy-prover.ts';
import type { Terms } from './remedy-terms.ts';
import type { World } from './remedy-world.ts';
import { TOOL } from './version.ts';

/** Room may have been made a moment ago; what guards ask must be of now. ms */
const ROOM_AGE_MS = 5000;
const FACTS_AGE_MS = 2000;
const CALL_MS = 10_000;
const EVENT_MS = 5000;

export interface RunRequest {
  readonly options: RemediateOptions;
  readonly context: CliContext;
  readonly world: World;
  readonly terms: Terms;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly tell: (news: RunNews) => void;
}

/** Wires what a run uses to this machine and its cluster. */
export function runDeps(request: RunRequest): RunDeps {
  const { options, context, world, terms, journal, signal, tell } = request;
  const { node, host, writer, nodeArgument } = world;
  // To the millisecond: two runs in one second are not one.
  const run = new Date().toISOString().replace(/[-:.]/g, '');
  const hungContainers = new Set<string>();
  const cluster =
    writer === null ? null : createClusterActor(writer, { callTimeoutMs: CALL_MS, now: Date.now, hungContainers });
  const unattended = options.yes ?? false;
  return {
    run,
    who: `${userInfo().username}@${context.env.SUDO_USER ?? context.env.HOSTNAME ?? ''}`,
    version: TOOL.version,
    node,
    host: host === null ? null : (createHostActor(linuxActorDeps(host)) satisfies Actor<HostAct>),
    cluster: cluster && { perform: (act, how) => cluster.perform(act, how).finally(world.forgetCluster) },
    prover: createProver({ options, context, nodeArgument, node, host, writer }),
    journal,
    clusterFacts: async (s) => {
      const read = await world.cluster(FACTS_AGE_MS, s);
      return read && clusterFacts(read);
    },
    contextOf: (look, s) => {
      noteHung(hungContainers, look);
      return contextWithRoom(world, terms.context, s);
    },
    keep: evidenceKeeper(options, context, { node, run }),
    consent: unattended ? async () => 'yes' : askPerson(context, signal),
    announce: async (reason, message) => {
      const type = /Failed$|Out$/.test(reason) ? 'Warning' : 'Normal';
      await cluster?.record({ node, reason, message, type }, { signal, deadlineMs: EVENT_MS });
    },
    limits: terms.limits,
    proof: terms.proof,
    unattended,
    now: Date.now,
    pause: pauseFor,
    tell,
    signal,
  };
}

/** A drain need not wait for these. */
function noteHung(hung: Set<string>, { diagnosis }: Look): void {
  hung.clear();
  const subjects = [...(diagnosis.verdict?.subjects ?? []), ...diagnosis.chain.flatMap((link) => link.subjects)];
  for (const { attrs } of subjects) if (typeof attrs.containerId === 'string') hung.add(attrs.containerId);
}

export async function contextWithRoom(world: World, context: PlanContext, signal: AbortSignal): Promise<PlanContext> {
  const read = await world.cluster(ROOM_AGE_MS, signal);
  return read === null ? context : { ...context, capacity: planCapacity(read, world.node) };
}
