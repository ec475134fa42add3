import { openJournal } from '../remedy/journal/journal-file.ts';
import { takeLock } from '../remedy/journal/lock.ts';
import type { RunDeps, RunNews, RunResult } from '../remedy/run/deps.ts';
import { undoAll } from '../remedy/run/give-back.ts';
import { remediate } from '../remedy/run/remediate.ts';
import { newsLine, RESULT_WORDS } from '../report/plan/news.ts';
import { runJson } from '../report/plan/run-json.ts';
import { terminalPlan } from '../report/plan/terminal.ts';
import { shellCommand } from '../text/shell.ts';
import { colourFor } from './colour.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { outputWidth, print, printAside } from './output.ts';
import type { RemediateOptions } from './remediate-options.ts';
import { requireTerminal } from './remedy-consent.ts';
import { runDeps } from './remedy-deps.ts';
import { journalPath } from './remedy-files.ts';
import { termsOf } from './remedy-terms.ts';
import { openWorld } from './remedy-world.ts';
import { TOOL } from './version.ts';

const DONE: ReadonlySet<RunResult> = new Set(['back', 'nothing', 'undone']);

/** `--apply`, `--yes` and `--undo`. */
export async function runRemedy(
  node: string | null,
  options: RemediateOptions,
  context: CliContext,
): Promise<ExitCode> {
  if (options.yes !== true) requireTerminal();
  const terms = await termsOf(options);
  const world = await openWorld(node, options, context);
  const path = journalPath(options, context);
  const journal = openJournal(path);
  const calledOff = callOff();
  const kept: string[] = [];
  // One after the other: what happens is told in its order.
  let told = Promise.resolve();
  const tell = (news: RunNews): void => {
    if (news.type === 'evidence') kept.push(news.file);
    const line =
      news.type === 'plan' ? `${terminalPlan(news.plan, planLook(context))}\n` : newsLine(news, context.lang);
    told = told.then(() => (options.output === 'json' ? printAside(line) : print(line)));
  };
  let release: (() => Promise<void>) | null = null;
  try {
    release = await takeLock(path);
    const deps = runDeps({ options, context, world, terms, journal, signal: calledOff.signal, tell });
    const { result, before } = await act(deps, options, kept);
    await told;
    await print(await conclusion({ deps, result, before, kept, path, options, context }));
    return DONE.has(result) ? EXIT.fine : EXIT.problem;
  } finally {
    await release?.();
    calledOff.end();
    world.close();
  }
}

function planLook({ lang, program, env }: CliContext): Parameters<typeof terminalPlan>[1] {
  return { lang, program, width: outputWidth(), colour: colourFor(process.stdout, env) };
}

/** @returns with it the first bundle of the run */
async function act(
  deps: RunDeps,
  options: RemediateOptions,
  kept: string[],
): Promise<{ result: RunResult; before: string | null }> {
  if (options.undo) return { result: await undoAll(deps), before: null };
  let before: string | null = null;
  const keep: RunDeps['keep'] = async (caseFile, name) => {
    const file = await deps.keep(caseFile, name);
    if (name === 'before') {
      before = file;
      kept.push(file);
    }
    return file;
  };
  const result = await remediate({ ...deps, keep }, options.yes ? 'yes' : 'apply');
  return { result, before };
}

interface Conclusion {
  readonly deps: RunDeps;
  readonly result: RunResult;
  readonly before: string | null;
  readonly kept: readonly string[];
  readonly path: string;
  readonly options: RemediateOptions;
  readonly context: CliContext;
}

async function conclusion({ deps, result, before, kept, path, options, context }: Conclusion): Promise<string> {
  const { lang, program } = context;
  const entries = (await deps.journal.read()).filter((e) => e.run === deps.run);
  if (options.output === 'json') {
    const json = runJson(
      { node: deps.node, run: deps.run, result, journal: path, evidence: kept, entries },
      lang,
      TOOL,
    );
    return `${JSON.stringify(json, null, 2)}\n`;
  }
  const after = kept.findLast((file) => file.endsWith('-after.tar.gz'));
  const compare =
    before !== null && after !== undefined ? `  ${program} ${shellCommand('report', before, after)}\n` : '';
  const log = lang === 'zh' ? `  审计日志：${path}\n` : `  Audit log: ${path}\n`;
  return `${RESULT_WORDS[result][lang]}\n${log}${compare}`;
}

/** The first signal ends the run after the act under way; a second one ends the process. */
function callOff(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { signal: controller.signal, end: () => void process.off('SIGINT', stop).off('SIGTERM', stop) };
}
