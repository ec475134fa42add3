import { diagnose } from '../diagnose/diagnose.ts';
import { foretellRefusals } from '../remedy/guards/foretell.ts';
import type { Entry } from '../remedy/journal/entry.ts';
import { earlierActs, owedActs } from '../remedy/journal/history.ts';
import { openJournal } from '../remedy/journal/journal-file.ts';
import { makePlan } from '../remedy/plan/make-plan.ts';
import type { Plan } from '../remedy/plan/plan.ts';
import { clusterFacts } from '../remedy/run/cluster-view.ts';
import { planJson } from '../report/plan/json.ts';
import { terminalPlan } from '../report/plan/terminal.ts';
import { colourFor } from './colour.ts';
import type { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { nodeNameOption } from './option-values.ts';
import { outputWidth, print } from './output.ts';
import { addRemediateOptions, type RemediateOptions } from './remediate-options.ts';
import { journalPath } from './remedy-files.ts';
import { termsOf } from './remedy-terms.ts';
import { TOOL } from './version.ts';

/** The room and the guards are told of one look at the cluster. */
const SAME_LOOK_MS = 60_000;

const NODE = {
  en: 'a node of the cluster (default: this host)',
  zh: '集群中的节点（默认：本机）',
} as const;

/** `notready remediate` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  command.argument('[node]', NODE[context.lang], nodeNameOption('NODE'));
  addRemediateOptions(command).action(async (node: string | undefined, options: RemediateOptions) =>
    done(await run(node ?? null, options, context)),
  );
}

async function run(node: string | null, options: RemediateOptions, context: CliContext): Promise<ExitCode> {
  if (options.apply || options.yes || options.undo) {
    const { runRemedy } = await import('./remediate-run.ts');
    return runRemedy(node, options, context);
  }
  const plan =
    options.bundle === undefined ? await planLive(node, options, context) : await planBundle(options.bundle, options);
  await print(render(plan, options, context));
  return plan.cause === null && plan.steps.length === 0 ? EXIT.fine : EXIT.problem;
}

async function planBundle(bundle: string, options: RemediateOptions): Promise<Plan> {
  const { readBundle } = await import('../evidence/bundle/bundle.ts');
  const caseFile = await readBundle(bundle);
  const { context } = await termsOf(options);
  return makePlan(diagnose(caseFile), caseFile, context);
}

async function planLive(node: string | null, options: RemediateOptions, context: CliContext): Promise<Plan> {
  const [{ openWorld }, { contextWithRoom }, { createProver }] = await Promise.all([
    import('./remedy-world.ts'),
    import('./remedy-deps.ts'),
    import('./remedy-prover.ts'),
  ]);
  const terms = await termsOf(options);
  const world = await openWorld(node, options, context);
  try {
    const { signal } = new AbortController();
    const prover = createProver({ options, context, ...world });
    const [{ caseFile, diagnosis }, withRoom, entries] = await Promise.all([
      prover.look(signal),
      contextWithRoom(world, terms.context, signal),
      entriesHere(options, context),
    ]);
    const plan = makePlan(diagnosis, caseFile, { ...withRoom, owed: owedActs(entries, world.node) });
    const cluster = await world.cluster(SAME_LOOK_MS, signal);
    const foretold = foretellRefusals(plan, {
      now: diagnosis.examined.to,
      node: world.node,
      diagnosis,
      cluster: cluster && clusterFacts(cluster),
      earlier: earlierActs(entries, world.node, ''),
      limits: terms.limits,
      unattended: options.policy !== undefined,
    });
    return { ...plan, notes: [...plan.notes, ...foretold] };
  } finally {
    world.close();
  }
}

/** What earlier runs did; a plan is made without it where the audit log is not this user's to read. */
function entriesHere(options: RemediateOptions, context: CliContext): Promise<readonly Entry[]> {
  return openJournal(journalPath(options, context))
    .read()
    .catch(() => []);
}

function render(plan: Plan, { output }: RemediateOptions, { lang, env, program }: CliContext): string {
  if (output === 'json') return `${JSON.stringify(planJson(plan, lang, TOOL), null, 2)}\n`;
  return terminalPlan(plan, { lang, program, width: outputWidth(), colour: colourFor(process.stdout, env) });
}
