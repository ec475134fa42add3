import { diagnose } from '../diagnose/diagnose.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { makePlan } from '../remedy/plan/make-plan.ts';
import { DEFAULT_CONTEXT, type Plan, type PlanContext } from '../remedy/plan/plan.ts';
import { planJson } from '../report/plan/json.ts';
import { terminalPlan } from '../report/plan/terminal.ts';
import { colourFor } from './colour.ts';
import type { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { nodeNameOption } from './option-values.ts';
import { outputWidth, print } from './output.ts';
import { addRemediateOptions, type RemediateOptions } from './remediate-options.ts';
import { TOOL } from './version.ts';

const NODE = {
  en: 'a node of the cluster (default: this host)',
  zh: '集群中的节点（默认：本机）',
} as const;

/** `notready remediate` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  command.argument('[node]', NODE[context.lang], nodeNameOption('NODE'));
  addRemediateOptions(command).action(async (node: string | undefined, options: RemediateOptions) =>
    done(await runPlan(node, options, context)),
  );
}

async function runPlan(node: string | undefined, options: RemediateOptions, context: CliContext): Promise<ExitCode> {
  const caseFile = await caseOf(node, options, context);
  const plan = makePlan(diagnose(caseFile), caseFile, contextOf(options));
  await print(render(plan, options, context));
  return plan.cause === null && plan.steps.length === 0 ? EXIT.fine : EXIT.problem;
}

async function caseOf(node: string | undefined, options: RemediateOptions, context: CliContext): Promise<CaseFile> {
  if (options.bundle !== undefined) {
    const { readBundle } = await import('../evidence/bundle/bundle.ts');
    return readBundle(options.bundle);
  }
  const { examineNode } = await import('./examination.ts');
  return examineNode({ ...options, ...(node === undefined ? {} : { node }) }, context);
}

function contextOf(options: RemediateOptions): PlanContext {
  return {
    ...DEFAULT_CONTEXT,
    forbidden: options.forbid ?? [],
    skipped: options.skip ?? [],
    consent: { emptyDir: options.emptyDir ?? false, unmanaged: options.unmanaged ?? false },
    drainDeadlineMs: options.drainTimeout ?? DEFAULT_CONTEXT.drainDeadlineMs,
    takeCapacity: options.takeCapacity ?? false,
  };
}

function render(plan: Plan, { output }: RemediateOptions, { lang, env, program }: CliContext): string {
  if (output === 'json') return `${JSON.stringify(planJson(plan, lang, TOOL), null, 2)}\n`;
  return terminalPlan(plan, { lang, program, width: outputWidth(), colour: colourFor(process.stdout, env) });
}
