import type { CaseFile } from '../evidence/case-file.ts';
import type { Host } from '../host/host.ts';
import { createLinuxHost } from '../host/linux-host.ts';
import { examine } from '../probes/examine.ts';
import { PROBES, REMOTE_PROBES } from '../probes/probes.ts';
import { UserError } from '../text/user-error.ts';
import { type ClusterTarget, findTarget } from './cluster-target.ts';
import type { CliContext } from './context.ts';
import type { ExaminationOptions } from './examination-options.ts';
import { EXIT } from './exit-code.ts';
import { ExaminationFailed } from './failure.ts';
import { startProgress } from './progress.ts';
import { notLinux, refuseOtherThanSockets } from './this-host.ts';
import { TOOL } from './version.ts';

const DEFAULT_BUDGET_MS = 10_000;
const LONGEST_CALL_MS = 4000;
const CALL_SHARE = 0.4;
const LONGEST_WINDOW_MS = 1000;
const WINDOW_SHARE = 0.2;

/**
 * Examines this host, or the node that the user named, within the budget.
 * @throws ExaminationFailed where nothing at all could be read
 */
export async function examineNode(options: ExaminationOptions, context: CliContext): Promise<CaseFile> {
  const started = Date.now();
  const budgetMs = options.budget ?? DEFAULT_BUDGET_MS;
  const callTimeoutMs = options.callTimeout ?? Math.min(LONGEST_CALL_MS, budgetMs * CALL_SHARE);
  if (callTimeoutMs >= budgetMs) throw callLongerThanBudget();
  const host = createLinuxHost();
  try {
    const target = await findTarget({ options, context, host, budgetMs, callTimeoutMs });
    const remote = target !== null && !target.local;
    if (!remote) await checkThisHost(host, options);
    else if (options.stackDump || options.runtimeEndpoint) throw onlyOnTheNode(target.nodeName);
    const left = Math.max(budgetMs - (Date.now() - started), budgetMs / 2);
    return await examineWithProgress({ host, options, context, target, budgetMs: left, callTimeoutMs });
  } finally {
    host.files.close();
  }
}

interface Examination {
  readonly host: Host;
  readonly options: ExaminationOptions;
  readonly context: CliContext;
  readonly target: ClusterTarget | null;
  readonly budgetMs: number;
  readonly callTimeoutMs: number;
}

async function examineWithProgress(request: Examination): Promise<CaseFile> {
  const { host, options, context, target, budgetMs, callTimeoutMs } = request;
  const progress = startProgress(context.lang, budgetMs);
  const interrupt = (): never => {
    progress.end();
    host.files.close();
    // Not process.exitCode: a child that hangs in the kernel would keep this process waiting.
    process.exit(EXIT.interrupted);
  };
  process.once('SIGINT', interrupt);
  try {
    const caseFile = await examine({
      host,
      probes: target === null || target.local ? PROBES : REMOTE_PROBES,
      budgetMs,
      windowMs: Math.min(LONGEST_WINDOW_MS, budgetMs * WINDOW_SHARE),
      options: {
        runtimeEndpoints: options.runtimeEndpoint ?? [],
        callTimeoutMs,
        stackDumps: options.stackDump ?? false,
        ...(target === null ? {} : { nodeName: target.nodeName }),
        ...(target?.access ? { cluster: target.access } : {}),
      },
      toolVersion: TOOL.version,
      onProgress: progress.pending,
    });
    if (!caseFile.sources.some((s) => s.status === 'ok' || s.status === 'partial'))
      throw target !== null && !target.local ? nothingAllowed(target.nodeName) : nothingRead();
    return caseFile;
  } finally {
    process.off('SIGINT', interrupt);
    progress.end();
    target?.access?.client.close();
  }
}

async function checkThisHost(host: Host, options: ExaminationOptions): Promise<void> {
  if (process.platform !== 'linux') throw notLinux();
  await refuseOtherThanSockets(host, options.runtimeEndpoint ?? []);
}

function callLongerThanBudget(): UserError {
  return new UserError({
    en: '--call-timeout must be shorter than --budget',
    zh: '--call-timeout 必须小于 --budget',
  });
}

function onlyOnTheNode(name: string): UserError {
  return new UserError(
    {
      en: `--runtime-endpoint and --stack-dump are for the node itself, and this is not ${name}`,
      zh: `--runtime-endpoint 和 --stack-dump 只能在节点本机上使用，而本机不是 ${name}`,
    },
    { en: `run notready on ${name}`, zh: `请在 ${name} 上运行 notready` },
  );
}

function nothingAllowed(name: string): ExaminationFailed {
  return new ExaminationFailed(
    {
      en: `nothing of ${name} could be read: this user may get no node and list no pods or events`,
      zh: `无法读取节点 ${name} 的任何内容：该用户没有读取 Node、Pod 和事件的权限`,
    },
    { en: 'the rights that it needs: deploy/rbac.yaml', zh: '所需权限见 deploy/rbac.yaml' },
  );
}

function nothingRead(): ExaminationFailed {
  return new ExaminationFailed(
    { en: 'nothing on this host could be read', zh: '本机没有任何内容可以读取' },
    {
      en: 'is /proc mounted? try as root, or with a longer --budget',
      zh: '请确认 /proc 已挂载，以 root 运行，或加大 --budget',
    },
  );
}
